#!/bin/sh
# Writes a copy of the database into FOLDER and keeps the newest KEEP copies.
# backup.sh FOLDER KEEP; PAPERBOY names the program, PAPERBOY_DATABASE the database.
set -eu
folder=${1:?folder} keep=${2:?number of copies to keep}
mkdir -p "$folder"
"${PAPERBOY:-paperboy}" backup "$folder/paperboy-$(date -u +%Y%m%dT%H%M%SZ).db"
# Only now, so that a failed copy costs no older one.
find "$folder" -maxdepth 1 -name 'paperboy-*.db' | sort -r | tail -n "+$((keep + 1))" | while read -r old; do
    rm -- "$old"
done
