"""Rules about names, docstrings, questions to the database and locks. Each rule goes from text to complaints."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator

import pytest
from django.apps import apps

from pilothouse.records.models.owned import CompanyRecord
from tests.house_rules.files import python_files

CODE = ("pilothouse", "bench", "tools")

# --- names ------------------------------------------------------------------------------------------------------

VAGUE_CLASS = re.compile(r"(Manager|Helpers?|Processor|Handler|Impl|Utils?|BaseMixin)$")
VAGUE_FUNCTION = re.compile(r"^_?(process|handle|manage)_|^_?get_data")
VAGUE_MODULE = re.compile(r"(^|/)(utils?|helpers?|common|misc|managers?)(/|\.py$)")


def vague_names(path: str, text: str) -> Iterator[str]:
    """Names that do not say what something is or does in the words of the business."""
    if VAGUE_MODULE.search(path):
        yield f"{path}: what is in it? Name the module after that"
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.ClassDef) and VAGUE_CLASS.search(node.name):
            yield f"{path}:{node.lineno}: class {node.name} is not a noun the owner would say"
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and VAGUE_FUNCTION.search(node.name):
            yield f"{path}:{node.lineno}: {node.name} is not a verb of the business"


def test_names_say_what_things_are() -> None:
    assert [told for path, text in python_files(*CODE).items() for told in vague_names(path, text)] == []


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("pilothouse/web/utils.py", ""),
        ("pilothouse/helpers/dates.py", ""),
        ("pilothouse/web/views.py", "class InvoiceManager: ..."),
        ("pilothouse/web/views.py", "def process_invoice(): ..."),
        ("pilothouse/web/views.py", "async def _handle_upload(): ..."),
        ("pilothouse/web/views.py", "class A:\n    def get_data(self): ..."),
    ],
)
def test_a_vague_name_is_found(path: str, text: str) -> None:
    assert list(vague_names(path, text))


def test_ordinary_names_pass() -> None:
    text = "class Handle: ...\ndef managed_by(): ...\ndef handle(): ...\nclass Helpful: ..."
    assert not list(vague_names("pilothouse/services/commons.py", text))


# --- docstrings -------------------------------------------------------------------------------------------------

# Lists of rows whose form says what they are.
SPEAK_FOR_THEMSELVES = ("apps.py", "urls.py", "__init__.py")


def undocumented(path: str, text: str) -> Iterator[str]:
    """Modules that do not say what question they answer."""
    tree = ast.parse(text)
    excused = path.endswith(SPEAK_FOR_THEMSELVES) and path != "pilothouse/config/urls.py"
    if tree.body and not excused and not ast.get_docstring(tree):
        yield f"{path}: say in a docstring which question this module answers, how, and its limits"


def test_every_module_says_what_it_is_for() -> None:
    found = python_files(*CODE, "tests")
    assert [told for path, text in found.items() for told in undocumented(path, text)] == []


def test_a_module_without_a_docstring_is_found() -> None:
    assert list(undocumented("pilothouse/services/spend.py", "import os"))
    assert list(undocumented("pilothouse/config/urls.py", "urlpatterns = []"))
    assert not list(undocumented("pilothouse/services/spend.py", '"""What is paid."""'))
    assert not list(undocumented("pilothouse/web/spend/urls.py", "urlpatterns = []"))


# --- a page asks for the records of its company alone -----------------------------------------------------------


def company_models() -> set[str]:
    """The names of all models that belong to a company."""
    owned = {model.__name__ for model in apps.get_models() if issubclass(model, CompanyRecord)}
    return owned | {"Membership", "Invitation"}


def asks_beyond_company(path: str, text: str, models: set[str]) -> Iterator[str]:
    """Queries on a company's records that do not begin with the company.

    `Model.objects` must go on as a call that is handed the company first (`.of(company)`, `.current(company)`) or
    by `company=`, or as `.none()`; `get_object_or_404(Model, …)` needs `company=`.
    """
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Call) and not _is_handed_company(node):
            of = _model_asked(node)
            if of in models:
                yield f"{path}:{node.lineno}: ask for {of} of the company: .of(company)"
        if isinstance(node, ast.Attribute) and node.attr == "_default_manager":
            yield f"{path}:{node.lineno}: _default_manager goes round .of(company)"


def _model_asked(call: ast.Call) -> str:
    """The model a call is about: `Model.objects.method(…)` or `get_object_or_404(Model, …)`."""
    function = call.func
    if isinstance(function, ast.Attribute) and isinstance(function.value, ast.Attribute):
        asked = function.value
        if asked.attr == "objects" and isinstance(asked.value, ast.Name) and function.attr != "none":
            return asked.value.id
    if isinstance(function, ast.Name) and function.id.startswith("get_") and call.args:
        first = call.args[0]
        return first.id if isinstance(first, ast.Name) else ""
    return ""


def _is_handed_company(call: ast.Call) -> bool:
    named = any(keyword.arg == "company" for keyword in call.keywords)
    first = call.args[0] if call.args else None
    positional = getattr(first, "id", "") == "company" or getattr(first, "attr", "") == "company"
    return named or positional


def test_pages_ask_for_records_of_their_company_alone() -> None:
    models = company_models()
    assert {"SpendLine", "Import", "Report"} <= models
    assert [t for path, text in python_files("pilothouse").items() if path.startswith("pilothouse/web/")
            for t in asks_beyond_company(path, text, models)] == []  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "Report.objects.all()",
        "Report.objects.filter(pk=pk)",
        "get_object_or_404(Report, pk=pk)",
        "get_object_or_404(Report.objects.filter(pk=pk))",
        "Report.objects.order_by('pk').of(company)",
        "Report._default_manager.all()",
    ],
)
def test_a_question_beyond_the_company_is_found(text: str) -> None:
    assert list(asks_beyond_company("pilothouse/web/x.py", text, {"Report"}))


@pytest.mark.parametrize(
    "text",
    [
        "Report.objects.of(company).filter(pk=pk)",
        "Report.objects.of(request.membership.company)",
        "Report.objects.none()",
        "get_object_or_404(Report.objects.of(company), pk=pk)",
        "get_object_or_404(Report, company=company, pk=pk)",
        "User.objects.all()",
    ],
)
def test_a_question_within_the_company_passes(text: str) -> None:
    assert not list(asks_beyond_company("pilothouse/web/x.py", text, {"Report"}))


# --- what is locked is one table --------------------------------------------------------------------------------


def locks_across_tables(path: str, text: str) -> Iterator[str]:
    """Locked rows asked for with others joined: SQLite lets it pass, PostgreSQL refuses where the other may be none."""
    for node in ast.walk(ast.parse(text)):
        asked = _methods_of(node) if isinstance(node, ast.Call) else set()
        if asked >= {"select_for_update", "select_related"}:
            yield f"{path}:{node.lineno}: lock the row alone, then ask for what belongs to it"  # type: ignore[attr-defined]


def _methods_of(call: ast.Call) -> set[str]:
    """The methods of a chain of calls; of a lock only one that does not say of which table."""
    found = set()
    node: ast.expr = call
    while isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
        if node.func.attr != "select_for_update" or not any(keyword.arg == "of" for keyword in node.keywords):
            found.add(node.func.attr)
        node = node.func.value
    return found


def test_what_is_locked_is_one_table() -> None:
    assert [t for path, text in python_files(*CODE).items() for t in locks_across_tables(path, text)] == []


def test_a_lock_across_tables_is_found() -> None:
    assert list(
        locks_across_tables("x.py", 'Drill.objects.select_for_update().select_related("way").get(pk=1)')
    )
    alone = 'Drill.objects.select_for_update(of=("self",)).select_related("way").get(pk=1)'
    assert not list(locks_across_tables("x.py", alone))
    assert not list(locks_across_tables("x.py", "Drill.objects.select_for_update().get(pk=1)"))


# --- one topic word in every layer ------------------------------------------------------------------------------

# Template folders that belong to no topic.
SHARED_TEMPLATES = {
    "components": "parts that every topic uses",
    "account": "sign-in, in allauth's words",
    "allauth": "the pieces allauth builds its pages from",
}
# Services that serve a topic of another name.
SERVING = {
    "answers": "spend", "lines": "spend", "vendors": "spend", "excerpts": "spend", "papers": "spend",
    "decisions": "spend", "consolidated": "spend", "saved_views": "spend", "asking": "spend",
    "payments": "spend", "matches": "spend", "differences": "spend",
    "masking": "intake", "keeping": "intake", "reading": "intake", "storing": "intake", "columns": "intake",
    "documents": "intake", "retention": "intake", "case": "diagnosis", "chapter_on_intake": "diagnosis",
    "chapter_on_contracts": "diagnosis", "chapter_on_sourcing": "diagnosis", "chapter_on_dangers": "diagnosis",
    "drills": "sourcing", "companies": "company", "sample": "company",
    "reminders": "contracts", "open_days": "contracts", "calendars": "contracts",
    "letters": "contracts", "proofs": "contracts",
    "check_answers": "contracts", "register_words": "contracts", "contract_versions": "contracts",
    "mailbox": "arrivals", "watched_folder": "arrivals", "sealing": "arrivals",
    "contract_papers": "contracts", "contract_register": "contracts", "vendor_cards": "contracts",
    "contract_flags": "contracts",
    "costs": "sourcing", "responsibilities": "sourcing", "graduation": "sourcing", "hiring": "sourcing",
    "first_looks": "sourcing", "profile_hints": "profile",
}  # fmt: skip
# Questions that have no room yet and are asked from the shell.
FROM_THE_SHELL: dict[str, str] = {}


def topics_astray(
    web: Iterable[str], templates: Iterable[str], services: Iterable[str], engine: Iterable[str]
) -> Iterator[str]:
    """Topics that are spelled differently in two layers, or are missing in one that needs them."""
    topics, folders, serving = set(web), set(templates), set(services)
    for topic in topics - folders:
        yield f"web/{topic} has no templates/{topic}"
    for folder in folders - topics - SHARED_TEMPLATES.keys():
        yield f"templates/{folder} belongs to no web/{folder}"
    for service in serving - topics:
        if SERVING.get(service) not in topics:
            yield f"services/{service}.py is no topic of web/: name it so, or list which one it serves"
    shown = topics | {service for service, topic in SERVING.items() if topic in topics}
    for question in set(engine) - (serving & shown) - FROM_THE_SHELL.keys():
        yield f"engine/{question} needs services/{question}.py, and web/{question}/ or the topic it serves"
    for service in SERVING.keys() - serving:
        yield f"services/{service}.py is no more: take it off the list"


def _in_layer(layer: str, files: Iterable[str], depth: int = 1) -> set[str]:
    """The folders below a layer."""
    inside = [path.split("/") for path in files if path.startswith(f"{layer}/")]
    place = layer.count("/") + depth
    return {parts[place] for parts in inside if len(parts) > place + 1}


def test_a_topic_is_one_word_in_every_layer() -> None:
    from tests.house_rules.files import ROOT, kept_files

    files = [str(path.relative_to(ROOT)) for path in kept_files()]
    web = _in_layer("pilothouse/web", files) - {"templates", "templatetags", "static", "locale"}
    services = {
        path.split("/")[-1][:-3] for path in files if re.fullmatch(r"pilothouse/services/\w+\.py", path)
    }
    told = topics_astray(
        web,
        _in_layer("pilothouse/web/templates", files),
        services - {"__init__"},
        _in_layer("pilothouse/engine", files),
    )
    assert list(told) == []


def test_a_topic_with_two_spellings_is_found() -> None:
    services = {*SERVING, "spend"}
    web = {"spend", *SERVING.values()}
    assert not list(topics_astray(web, web | {"components"}, services, {"spend"}))
    assert list(topics_astray(web, web - {"spend"} | {"spending"}, services, {"spend"}))
    assert list(topics_astray(web, web, services | {"spending"}, {"spend"}))
    assert list(topics_astray(web, web, services, {"roadmap"}))
    assert list(topics_astray(web, web, services - {"masking"}, {"spend"}))
