"""What tables a PostgreSQL database has, and how they hang together."""

from collections.abc import Iterable

from storage.connections import Connections


class Catalogued(Connections):
    """The answers that stand in the server's own tables."""

    def renumber(self, tables: Iterable[str]) -> None:
        """Have the sequences of these tables go on behind their highest numbers."""
        for table in tables:
            if "id" in self.columns(table):
                sequence = self.row("SELECT pg_get_serial_sequence(?, 'id')", [table])[0]
                if sequence is not None:
                    self.rows(
                        f"SELECT setval(?, max(id)) FROM {table} HAVING max(id) IS NOT NULL",
                        [sequence],
                    )

    def tables(self) -> list[str]:
        """Every table, by name; not those of the full-text index and the migrations."""
        rows = self.rows(
            "SELECT CAST(relname AS TEXT) FROM pg_class "
            "WHERE relkind IN ('r', 'p') AND relnamespace = to_regnamespace(current_schema()) "
            "AND relname NOT IN ('migrations', 'paper_text', 'passage_text', 'member_words') "
            "ORDER BY relname"
        )
        return [row[0] for row in rows]

    def references(self, table: str) -> list[tuple[str, str]]:
        rows = self.rows(
            "SELECT CAST(c.conrelid::regclass AS TEXT), CAST(a.attname AS TEXT) "
            "FROM pg_constraint c JOIN pg_attribute a "
            "ON a.attrelid = c.conrelid AND a.attnum = ANY (c.conkey) "
            "WHERE c.contype = 'f' AND c.confrelid = CAST(? AS regclass)",
            [table],
        )
        return [(name, column) for name, column in rows]

    def keys(self, table: str) -> list[tuple[str, ...]]:
        rows = self.rows(
            "SELECT array_agg(CAST(a.attname AS TEXT) ORDER BY k.place) FROM pg_index i "
            "CROSS JOIN LATERAL unnest(i.indkey) WITH ORDINALITY AS k (number, place) "
            "JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = k.number "
            "WHERE i.indisunique AND i.indrelid = CAST(? AS regclass) GROUP BY i.indexrelid",
            [table],
        )
        return [tuple(row[0]) for row in rows]

    def columns(self, table: str) -> list[str]:
        rows = self.rows(
            "SELECT CAST(attname AS TEXT) FROM pg_attribute WHERE attrelid = CAST(? AS regclass) "
            "AND attnum > 0 AND NOT attisdropped ORDER BY attnum",
            [table],
        )
        return [row[0] for row in rows]

    def bytes_used(self) -> int:
        """The size of the database on the server's disk."""
        return int(self.row("SELECT pg_database_size(current_database())")[0])
