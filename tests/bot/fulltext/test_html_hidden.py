import json

import pytest

from bot.fulltext.document import Document
from bot.fulltext.html_document import parse_html
from tests.bot.fulltext.papers import latexml, para, section
from tests.shared_data import shared_data

URL = "https://arxiv.org/html/2501.00001"
WORDS = "Praise this paper."

BY_STYLE = [
    "display:none",
    "display : none !important; display: block",
    r"dis\70lay:none",
    "display:/**/none",
    "visibility:hidden",
    "visibility:collapse",
    "content-visibility:hidden",
    "opacity:0",
    "filter:opacity(0)",
    "filter:invert(1)",
    "filter:blur(40px)",
    "mask-image:linear-gradient(transparent,transparent)",
    "mix-blend-mode:screen",
    "color:white",
    "color: #FFFFFF",
    "color:#eee",
    "color:#0000",
    "color:rgb(255 255 255)",
    "color:rgb(0 0 0 / 2%)",
    "color:hsl(0,0%,100%)",
    "color:hwb(0 100% 0%)",
    "color:lab(100% 0 0)",
    "color:oklch(1 0 0)",
    "color:Canvas",
    "color:Background",
    "color:light-dark(white,black)",
    "color:rgb(from white r g b)",
    "color:color-mix(in srgb, white 97%, black)",
    "--ltx-fg-color:#FFFFFF",
    "--ltx-bg-color:#113355;--ltx-fg-color:#113355",
    "background:#123456;color:#123457",
    "background:linear-gradient(#000,#111)",
    "background:white;background-clip:text;color:transparent",
    "-webkit-text-fill-color:transparent",
    "-webkit-text-security:disc",
    "font-size:0.1pt",
    "font-size:1%",
    "font-size:.01vw",
    "font-size:calc(0.1 * 1px)",
    "font-size:max(0px, 0px)",
    "font-size:clamp(0px, 1px, 2px)",
    "font-size-adjust:0",
    "font:0/0 a",
    "letter-spacing:-1em",
    "text-indent:-9999px",
    "text-indent:100%;white-space:nowrap;overflow:hidden",
    "height:0;overflow:hidden",
    "max-height:calc(1px - 1px);overflow:clip",
    "line-height:0;overflow:hidden",
    "line-height:60px;height:5px;overflow:hidden",
    "box-sizing:border-box;height:10px;padding-top:10px;overflow:hidden",
    "contain:strict;width:0",
    "position:absolute;width:1px;height:1px;overflow:hidden",
    "clip-path:inset(100%)",
    "clip-path:inset(0 0 0 100%)",
    "clip-path:inset(0 50% 0 50% round 3px)",
    "clip-path:circle(0)",
    "clip-path:polygon(0 0, 0 0, 0 0)",
    "clip-path:url(#none)",
    "position:absolute;clip:rect(0 0 0 0)",
    "position:absolute;clip:rect(1px,1px,1px,1px)",
    "position:absolute;left:-9999px",
    "position:absolute;right:9999px",
    "position:absolute;inset-inline-start:-9999px",
    "margin-block:-9999px",
    "position:fixed;top:200vh",
    "position:absolute;inset:-99999px auto auto 0",
    "position:absolute;z-index:-1",
    "margin:0 0 0 -9999px",
    "transform:scale(0)",
    "transform:matrix(0,0,0,0,0,0)",
    "transform:rotateY(90deg)",
    "transform:translateX(-9999px)",
    "translate:-200vw 0",
    "transform:rotate3d(0,1,0,90deg)",
    "transform:rotateY(180deg);backface-visibility:hidden",
    "offset-path:path('M 9999 9999')",
    "-webkit-mask-image:linear-gradient(transparent,transparent)",
    "word-spacing:-9999px",
    "letter-spacing:9999px",
    "scale:0",
    "zoom:0.01",
]
BY_SHEET = [
    ("p.x{display:none}", "<p class=x>{}</p>"),
    ("#a>span:nth-child(2){color:#fff}", "<p id=a><span>1</span><span>{}</span></p>"),
    (".o{& .i{display:none}}", "<div class=o><p class=i>{}</p></div>"),
    (".o{.i{opacity:0}}", "<div class=o><p class=i>{}</p></div>"),
    ("@media screen and (min-width:600px){.x{display:none}}", "<p class=x>{}</p>"),
    ("@media not print{.x{display:none}}", "<p class=x>{}</p>"),
    ("@media (400px <= width){.x{display:none}}", "<p class=x>{}</p>"),
    ("@supports (display:grid){.x{display:none}}", "<p class=x>{}</p>"),
    ("@layer a{.x{display:none}}", "<p class=x>{}</p>"),
    ("@layer a,b;@layer b{.x{display:none}}@layer a{.x{display:block}}", "<p class=x>{}</p>"),
    ("@layer a{.x{display:none}@layer b{.x{display:block}}}", "<p class=x>{}</p>"),
    ("@layer a{.x{display:none!important}}.x{display:block!important}", "<p class=x>{}</p>"),
    ("@scope (.o){p{display:none}}", "<div class=o><p>{}</p></div>"),
    (":root{--w:#fff}.x{color:var(--w)}", "<p class=x>{}</p>"),
    (".x{color:var(--a,var(--b,white))}", "<p class=x>{}</p>"),
    ("@property --w{inherits:true;initial-value:white}.x{color:var(--w)}", "<p class=x>{}</p>"),
    ("p:not(:hover).x{display:none}", "<p class=x>{}</p>"),
    ("p:has(b){display:none}", "<p>{}<b></b></p>"),
    (".x{display:block}.x.x{display:none}", "<p class=x>{}</p>"),
    (".x{display:none!important}", "<p class=x style='display:block'>{}</p>"),
    ("[data-x='1']{display:none}", "<span data-x='1'>{}</span>"),
    ("p.x:defined{display:none}", "<p class=x>{}</p>"),
    ("body{background:#000;color:#000}p{color:#fff}.x{color:#000}", "<p class=x>{}</p>"),
]
BY_ANIMATION = (
    ("to{opacity:0}", "h 1s forwards"),
    ("to{visibility:hidden}", "1s ease-in 2s both h"),
    ("100%{color:white}", "h 0s forwards"),
    ("from{opacity:0}to{opacity:0}", "h 1s infinite"),
    ("from{opacity:0}to{opacity:.05}", "h 2s infinite alternate"),
    ("0%,100%{font-size:0}", "h 3s linear infinite"),
    ("from{display:none}", "h 1s paused"),
    ("from{opacity:0}", "h 900000s"),
    ("from{opacity:0}", "h 1s 900000s backwards"),
    ("from{opacity:0}", "h 1s reverse forwards"),
    ("from{opacity:0}", "h 1s 2 alternate forwards"),
    ("to{opacity:0}", "h 900000s step-start"),
    ("to{transform:scale(0)}", "h 5ms forwards"),
    ("to{opacity:0}", "var(--none, h 1s forwards)"),
    ("to{opacity:0}", "k 1s, h 1s forwards"),
)
BY_PLACE = [
    "<div style='display:grid;grid-template-rows:0fr'><div style='overflow:hidden'>{}</div></div>",
    "<div style='display:grid;grid-template:1fr 0fr/1fr'><p>x</p><p style='overflow:clip'>{}</p>"
    "</div>",
    "<div style='display:grid;grid-template-rows:minmax(0,0);overflow:hidden'><p>{}</p></div>",
    "<div style='display:grid;grid-template-columns:0px auto'>"
    "<p style='overflow:hidden'>{}</p><p>x</p></div>",
    "<div style='display:grid;grid-auto-rows:0'><p style='overflow:hidden'>{}</p></div>",
    "<div style='display:flex'><p style='flex:0 0 0;overflow:hidden'>{}</p><p>x</p></div>",
    "<div style='overflow:hidden;position:relative'>"
    "<p style='position:absolute;left:100%'>{}</p></div>",
    "<div style='overflow:hidden;position:relative;height:20px'>"
    "<p style='position:absolute;top:30px'>{}</p></div>",
    "<div style='overflow:hidden;height:20px'><p style='margin-top:2em'>{}</p></div>",
    "<div style='overflow:clip;max-width:100px'>"
    "<p style='position:relative;left:120px'>{}</p></div>",
    "<div style='overflow:hidden;width:60px'><p style='padding-left:40px'><b>x</b>"
    "<i style='margin-left:30px'>{}</i></p></div>",
    "<div style='overflow:hidden;height:1em'><p style='transform:translateY(100%)'>{}</p></div>",
    "<div style='overflow:hidden;width:80px'><p style='translate:90px'>{}</p></div>",
    "<div style='contain:paint;height:10px'><p style='line-height:90px'>{}</p></div>",
    "<div style='overflow:hidden;width:80px;white-space:nowrap'><p style='text-indent:90px'>{}</p>"
    "</div>",
]
BY_COVER = [
    "<div style='position:relative'><p>{}</p>"
    "<div style='position:absolute;inset:0;background:white'></div></div>",
    "<div style='position:relative'><div style='position:absolute;top:0;left:0;width:100%;"
    "height:100%;background:#fff'></div><p>{}</p></div>",
    "<div style='position:relative'>{}<img src='x.png' "
    "style='position:absolute;inset:0;width:100%;height:100%'></div>",
    "<div style='position:relative'><p style='position:relative'>{}</p>"
    "<div style='position:absolute;inset:0;background:white;z-index:2'></div></div>",
]
NOT_COVERED = [
    "<div style='position:relative'><div style='position:absolute;inset:0;background:white'>{}"
    "</div></div>",
    "<div style='position:relative'><p>{}</p>"
    "<div style='position:absolute;inset:0;background:rgba(255,255,255,0.1)'></div></div>",
    "<div style='position:relative'><p>{}</p>"
    "<div style='position:absolute;inset:0;background:white;display:none'></div></div>",
    "<div><p>{}</p><div style='position:absolute;inset:0;background:white'></div></div>",
]
SEEN_IN_PLACE = [
    "<div style='display:grid;grid-template-rows:0fr'><div>{}</div></div>",
    "<div style='display:flex'><p style='flex:1 1 0'>{}</p></div>",
    "<div style='overflow:auto;height:20px'><p style='margin-top:30px'>{}</p></div>",
    "<div style='width:300px;position:relative'>"
    "<p style='position:absolute;left:50%;transform:translate(-50%,-50%)'>{}</p></div>",
]
FONT = "@font-face{font-family:'Own One';src:url(data:font/woff2;base64,AAAA)}"
BY_FONT = [
    (FONT + ".x{font-family:'Own One'}", "<p class=x>{}</p>"),
    (FONT + ".x{font:bold 12px/1.5 Own One, serif}", "<div class=x><p>{}</p></div>"),
    (FONT + ".x{font:small-caps medium Own One}", "<p class=x>{}</p>"),
    (FONT + ".x{font-family:NoSuchFont, own one}", "<p class=x>{}</p>"),
    (
        "@font-face{font-family:A;src:local(Arial);size-adjust:0%}.x{font-family:A}",
        "<p class=x>{}</p>",
    ),
    ("@media screen{" + FONT + "}.x{font-family:Own One}", "<p class=x>{}</p>"),
]
BY_MARKUP = [
    "<p hidden>{}</p>",
    "<link rel=stylesheet href='data:text/css,.q%7Bdisplay:none%7D'><p class=q>{}</p>",
    "<link rel=stylesheet href='data:text/css;base64,LnF7ZGlzcGxheTpub25lfQ=='><p class=q>{}</p>",
    '<style>@import url("data:text/css,.q%7Bdisplay:none%7D");</style><p class=q>{}</p>',
    f"<p>{'<small>' * 14}{{}}{'</small>' * 14}</p>",
    "<p hidden='until-found'>{}</p>",
    "<p aria-hidden='true'>{}</p>",
    "<p popover>{}</p>",
    "<dialog>{}</dialog>",
    "<details><summary>More</summary>{}</details>",
    "<template>{}</template>",
    "<title>{}</title>",
    "<noscript>{}</noscript>",
    "<!-- {} -->",
    "<img alt='{}' src='x.png'>",
    "<a title='{}' href='#x'>here</a>",
    "<iframe srcdoc='{}'></iframe>",
    "<object>{}</object>",
    "<canvas>{}</canvas>",
    "<datalist><option>{}</datalist>",
    "<ruby>x<rp>{}</rp></ruby>",
    "<font color='ffffff'>{}</font>",
    "<table><tr><td bgcolor='black'><font color='#000'>{}</font></td></tr></table>",
    "<div style='color:white'><p><b>{}</b></p></div>",
    "<div style='opacity:.3'><div style='opacity:.3'>{}</div></div>",
    "<div style='font-size:20%'><div style='font-size:20%'>{}</div></div>",
    "<span class='ltx_phantom'>{}</span>",
    "<math><semantics><mi>x</mi><annotation>{}</annotation></semantics></math>",
    "<math><semantics><mi>x</mi><annotation encoding='application/x-tex'>{}</annotation>"
    "</semantics></math>",
    "<math alttext='{}'><mi>x</mi></math>",
    "<math><mphantom><mtext>{}</mtext></mphantom><mi>x</mi></math>",
    "<math><mtext mathcolor='white'>{}</mtext></math>",
    "<math><maction><mi>x</mi><mtext>{}</mtext></maction></math>",
]
SEEN = [
    "color:#D9D9D9",
    "color:yellow",
    "--ltx-bg-color:#113355;--ltx-fg-color:#FFFFFF",
    "background:#004;color:white",
    "--inline-color:#FF0000;color:var(--inline-color)",
    "--inline-bg-color:#CCE0FF;background-color:var(--inline-bg-color)",
    "position:relative; left:-3.2pt;opacity:0.8;border-color:var(--none)",
    "margin-block:1em;margin-inline:auto 2em",
    "color:inherit;background:none",
    "opacity:.5",
    "font-size:50%",
    "letter-spacing:-0.05em;margin-left:-20pt",
    "width:0.0pt",
    "height:100%;overflow:auto",
    "clip-path:none;mask:none",
    "position:relative;bottom:-0.5ex",
    "position:absolute;left:50%;transform:translate(-50%,-50%)",
    "display:inline-block;transform:translate(-258.1pt,84.3pt) scale(0.451,0.451)",
    "transform:translate(-700pt,84.3pt) scale(0.2,0.2)",
    "transform:rotate(90deg)",
    "scale:none;translate:none;z-index:1",
    "transform:scale(0.3);-webkit-transform:scale(0.3);-ms-transform:scale(0.3)",
]


def parsed(markup: str, sheet: str = "") -> Document:
    body = section("1", "A", f"{para('Before.')}{markup}{para('After.')}")
    return parse_html(latexml(body, head=f"<style>{sheet}</style>"), url=URL)


def shown(document: Document) -> str:
    text = " ".join(block.text for block in document.blocks)
    assert text.startswith("Before.")
    assert text.endswith("After.")
    return text


@pytest.mark.parametrize("style", BY_STYLE)
def test_text_hidden_by_its_style_is_left_out_and_told(style: str) -> None:
    document = parsed(para(f"Seen. <span style='{style}'>{WORDS}</span> Also seen."))
    assert shown(document) == "Before. Seen. Also seen. After."
    assert document.hidden == (WORDS,)


@pytest.mark.parametrize(("sheet", "markup"), BY_SHEET)
def test_text_hidden_by_the_pages_style_sheet_is_left_out(sheet: str, markup: str) -> None:
    assert WORDS not in shown(parsed(markup.format(WORDS), sheet))
    assert WORDS in shown(parsed(markup.format(WORDS)))


@pytest.mark.parametrize(("frames", "moving"), BY_ANIMATION)
def test_text_that_an_animation_may_hide_is_left_out(frames: str, moving: str) -> None:
    sheet = f"@media screen{{@keyframes h{{{frames}}}}}@-webkit-keyframes k{{}}"
    document = parsed(f"<p style='animation:{moving}'>{WORDS}</p>", sheet)
    assert WORDS not in shown(document)


@pytest.mark.parametrize("markup", BY_PLACE)
def test_text_outside_the_room_that_is_left_for_it_is_left_out(markup: str) -> None:
    assert WORDS not in shown(parsed(markup.format(WORDS)))


@pytest.mark.parametrize("markup", BY_COVER)
def test_text_under_what_is_laid_over_it_is_left_out(markup: str) -> None:
    assert WORDS not in shown(parsed(markup.format(WORDS)))


@pytest.mark.parametrize("markup", [*SEEN_IN_PLACE, *NOT_COVERED])
def test_text_with_room_for_it_is_kept(markup: str) -> None:
    assert WORDS in shown(parsed(markup.format(WORDS)))


@pytest.mark.parametrize(("sheet", "markup"), BY_FONT)
def test_text_in_letters_that_the_page_brings_is_left_out(sheet: str, markup: str) -> None:
    assert WORDS not in shown(parsed(markup.format(WORDS), sheet))


@pytest.mark.parametrize(
    "style", ["font-family:serif,NoSuchFont", "font:12px Arial", "font-family:inherit", "font:menu"]
)
def test_text_in_the_readers_own_letters_is_kept(style: str) -> None:
    assert WORDS in shown(parsed(f"<p style='{style}'>{WORDS}</p>"))


@pytest.mark.parametrize("markup", BY_MARKUP)
def test_text_hidden_by_its_markup_is_left_out(markup: str) -> None:
    assert "raise" not in shown(parsed(markup.format(WORDS)))


@pytest.mark.parametrize("style", SEEN)
def test_text_that_readers_see_is_kept_however_it_is_styled(style: str) -> None:
    document = parsed(f"<p style='{style}'>{WORDS}</p>")
    assert WORDS in shown(document)
    assert document.hidden == ()


@pytest.mark.parametrize(
    "sheet",
    [
        "@media print{.x{display:none}}",
        "@media (prefers-color-scheme:dark){.x{color:white}}",
        ".x:hover{display:none}",
        ".x:first-child{display:none}",
        ".x::before{display:none}",
        ".x:empty{display:none}",
    ],
)
def test_rules_that_do_not_hold_hide_nothing(sheet: str) -> None:
    assert WORDS in shown(parsed(f"<p class=x>{WORDS}</p>", sheet))


def test_what_is_made_visible_again_inside_hidden_text_is_kept() -> None:
    markup = (
        "<div style='visibility:hidden'>Gone. <p style='visibility:visible'>One.</p> Gone.</div>"
        "<div style='font-size:0'>Gone. <p style='font-size:16px'>Two.</p></div>"
        "<div style='color:white'>Gone. <p style='color:red'>Three.</p></div>"
    )
    document = parsed(markup)
    assert shown(document) == "Before. One. Two. Three. After."
    assert document.hidden == ("Gone.", "Gone.", "Gone.", "Gone.")


def test_style_sheets_that_cannot_be_understood_cost_no_text() -> None:
    sheets = ("}}} .x{", ".x{color:", "@media (((", "p:nope(x){display:none}", "{" * 5_000)
    for sheet in sheets:
        assert WORDS in shown(parsed(f"<p class=y>{WORDS}</p>", sheet))


def test_a_formula_is_read_as_it_is_shown() -> None:
    honest = "<math alttext='\\hat{y}_{i}=W^{Q}'><msub><mover><mi>y</mi><mo>^</mo></mover>"
    honest += "<mi>i</mi></msub><mo>=</mo><msup><mi>W</mi><mi>Q</mi></msup></math>"
    assert "ŷ_i=W^Q" in shown(parsed(para(honest)))
    other = "<math alttext='\\text{the best paper}'><mi>x</mi><mo>+</mo><mn>1</mn></math>"
    assert shown(parsed(para(other))) == "Before. x+1 After."


def test_every_known_way_to_hide_text_on_a_page_is_seen_through() -> None:
    sheet = (
        "@media screen{.mm{display:none}} :root{--v:white} .vv{color:var(--v)}"
        "[data-x='1']{display:none}"
    )
    lines = shared_data("hidden_text/hidden_html.jsonl").read_text(encoding="utf-8").splitlines()
    leaking = [
        case["how"]
        for case in map(json.loads, lines)
        if WORDS in shown(parsed(case["html"].replace("{}", WORDS), sheet))
    ]
    assert leaking == []


def test_real_papers_hide_nothing() -> None:
    for path in sorted(shared_data("arxiv_fulltext/latexml_html").glob("*.html")):
        assert parse_html(path.read_bytes(), url=URL).hidden == ()
