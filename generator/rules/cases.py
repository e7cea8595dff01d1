"""Cases as they come from a file: read, judged, answered, every problem with its place."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

from generator.errors import InvalidInput, Problem
from generator.rules.applied import AppliedBook, applied
from generator.rules.classification import cap_facts, classify_facts
from generator.rules.facts import FactsModel, problem, validated
from generator.rules.findings import Verdict
from generator.rules.results import Outcome
from generator.rules.rulebook import Rulebook, load_rulebook
from generator.rules.settings import Settings

_LEVELLED = ("classification", "cap")
_CASE_KEYS = frozenset(
    {"id", "type", "description", "subject_kind", "facts", "proposed_level", "expected", "readings", "theme"}
)


def in_force(book: Rulebook | None = None, settings: Settings | None = None) -> AppliedBook:
    """The rulebook under the settings, as rule functions read it; the shipped book and readings when None."""
    return applied(book or load_rulebook(), settings)


def check_case(
    case: Mapping[str, Any], *, book: Rulebook | None = None, settings: Settings | None = None, at: str = ""
) -> dict[str, Any]:
    """The answer to one case of any type, with the keys of its `expected`.

    Args:
        at: put before the field of every problem (`cases.S-1`).

    Raises:
        InvalidInput: an unknown type or field, or facts that do not fit; every problem of the case.
    """
    in_use = in_force(book, settings)
    problems = _strangers(case, at)
    case_type = case.get("type")
    answer: dict[str, Any] = {}
    if case_type in _LEVELLED:
        try:
            answer = verdict_of(case, in_use, at, capped=case_type == "cap").expected()
        except InvalidInput as error:
            problems += error.problems
    elif isinstance(case_type, str) and case_type in in_use.book.registered.judgings:
        try:
            answer = judged(case_type, case.get("facts"), in_use, _under(at, "facts")).expected()
        except InvalidInput as error:
            problems += error.problems
    else:
        problems.append(_unknown_type(case_type, in_use, at))
    if problems:
        raise InvalidInput(problems)
    return answer


def check_cases(
    document: object, *, book: Rulebook | None = None, settings: Settings | None = None
) -> dict[str, dict[str, Any]]:
    """The answers to every case of a document (`{cases: [...]}`), by case id, as `hoso check` prints them.

    Raises:
        InvalidInput: every problem of every case.
    """
    answers: dict[str, dict[str, Any]] = {}
    problems: list[Problem] = []
    for at, case_id, case in _cases(document):
        try:
            answers[case_id] = check_case(case, book=book, settings=settings, at=at)
        except InvalidInput as error:
            problems += error.problems
    if problems:
        raise InvalidInput(problems)
    return answers


def validate_document(
    document: object, *, book: Rulebook | None = None, settings: Settings | None = None
) -> dict[str, Any]:
    """What `hoso validate` prints: one verdict, or `{cases: {id: verdict}}` for a document of cases.

    Raises:
        InvalidInput: every problem of the document.
    """
    if not isinstance(document, Mapping) or "cases" not in document:
        return _validated_case(document, "", book, settings)
    verdicts: dict[str, dict[str, Any]] = {}
    problems: list[Problem] = []
    for at, case_id, case in _cases(document):
        try:
            verdicts[case_id] = _validated_case(case, at, book, settings)
        except InvalidInput as error:
            problems += error.problems
    if problems:
        raise InvalidInput(problems)
    return {"cases": verdicts}


def _validated_case(case: object, at: str, book: Rulebook | None, settings: Settings | None) -> dict[str, Any]:
    if not isinstance(case, Mapping):
        raise InvalidInput([_not_a_case(at)])
    problems = _strangers(case, at)
    case_type = case.get("type", "classification")
    if case_type not in _LEVELLED:
        message = f"Trường hợp loại “{case_type}” không đề xuất mức xếp loại"
        problems.append(problem("type", _under(at, "type"), message, "Dùng lệnh hoso check cho trường hợp này"))
    if not problems:
        in_use = in_force(book, settings)
        capped = case_type == "cap" or only_caps(case.get("subject_kind"), case.get("facts"), in_use.book)
        return verdict_of(case, in_use, at, capped=capped).as_dict()
    raise InvalidInput(problems)


def verdict_of(case: Mapping[str, Any], book: AppliedBook, at: str, capped: bool) -> Verdict:
    """The verdict on a case of a level; `capped` judges by the levels of other bodies alone."""
    problems: list[Problem] = []
    kind, proposed = case.get("subject_kind"), case.get("proposed_level")
    if not isinstance(proposed, str) or proposed not in book.levels.labels:
        problems.append(unknown_level(proposed, book, _under(at, "proposed_level")))
    place = _under(at, "facts")
    try:
        model = _capped_model(kind, book.book, at) if capped else facts_model(kind, book.book, at)
        facts = validated(model, case.get("facts"), place)
    except InvalidInput as error:
        raise InvalidInput([*problems, *error.problems]) from error
    if problems:
        raise InvalidInput(problems)
    judge_level = cap_facts if capped else classify_facts
    return judge_level(str(kind), facts, str(proposed), book)


def judged(case_type: str, facts: object, book: AppliedBook, at: str = "facts") -> Outcome:
    """The answer of the book's judge of this type of case.

    Raises:
        InvalidInput: the book judges no such case, or the facts do not fit.
    """
    found = book.book.registered.judgings.get(case_type)
    if found is None:
        raise InvalidInput([_unknown_type(case_type, book, "")])
    model = found.facts
    if isinstance(model, Mapping):
        kind = facts.get("kind") if isinstance(facts, Mapping) else None
        if not isinstance(kind, str) or kind not in model:
            message = f"“kind” ghi “{kind}”, không phải một loại có sẵn"
            raise InvalidInput([problem("kind", f"{at}.kind", message, f"Chọn một trong: {', '.join(model)}")])
        model = model[kind]
    return cast(Outcome, found.judge(validated(model, facts, at), book))


def only_caps(kind: object, facts: object, book: Rulebook) -> bool:
    """Whether these facts hold nothing but the levels of other bodies."""
    model = book.capped_facts.get(kind) if isinstance(kind, str) else None
    if model is None or not isinstance(facts, Mapping):
        return False
    return kind not in book.classified_facts or (bool(facts) and set(facts) <= set(model.model_fields))


def facts_model(kind: object, book: Rulebook, at: str) -> type[FactsModel]:
    """The model of a kind's facts.

    Raises:
        InvalidInput: the book has no such kind.
    """
    models = {**book.capped_facts, **book.classified_facts}
    if isinstance(kind, str) and kind in models:
        return models[kind]
    raise InvalidInput([_unknown_kind(kind, models, at)])


def _capped_model(kind: object, book: Rulebook, at: str) -> type[FactsModel]:
    if isinstance(kind, str) and kind in book.capped_facts:
        return book.capped_facts[kind]
    raise InvalidInput([_unknown_kind(kind, book.capped_facts, at)])


def _cases(document: object) -> list[tuple[str, str, Mapping[str, Any]]]:
    listed = document.get("cases") if isinstance(document, Mapping) else None
    if not isinstance(listed, list):
        raise InvalidInput([problem("cases", "cases", "Thiếu danh sách “cases”", "Ghi các trường hợp dưới mục cases")])
    found: list[tuple[str, str, Mapping[str, Any]]] = []
    problems: list[Problem] = []
    seen: set[str] = set()
    for index, case in enumerate(listed):
        case_id = case.get("id") if isinstance(case, Mapping) else None
        at = f"cases.{case_id if isinstance(case_id, str) else index}"
        if not isinstance(case, Mapping):
            problems.append(_not_a_case(at))
        elif not isinstance(case_id, str) or case_id in seen:
            twice = f"Có hai trường hợp cùng id “{case_id}”"
            message = twice if isinstance(case_id, str) else "Trường hợp thiếu “id”"
            problems.append(problem("id", f"{at}.id", message, "Ghi id riêng cho từng trường hợp"))
        else:
            seen.add(case_id)
            found.append((at, case_id, case))
    if problems:
        raise InvalidInput(problems)
    return found


def _strangers(case: Mapping[str, Any], at: str) -> list[Problem]:
    return [
        problem("extra-forbidden", _under(at, str(key)), f"Không có mục nào tên “{key}”", "Bỏ mục này hoặc sửa lại tên")
        for key in case
        if key not in _CASE_KEYS
    ]


def _under(at: str, field: str) -> str:
    return f"{at}.{field}" if at else field


def _not_a_case(at: str) -> Problem:
    return problem("case", at, "Trường hợp phải gồm các mục subject_kind, facts, proposed_level", "Ghi đủ các mục này")


def unknown_level(level: object, book: AppliedBook, field: str) -> Problem:
    """The problem of a level the book does not have."""
    allowed = "; ".join(f"{code} ({label})" for code, label in book.levels.labels.items())
    message = "Thiếu mức đề xuất" if level is None else f"Mức đề xuất ghi “{level}”, không phải một mức có sẵn"
    return problem("proposed-level", field, message, f"Chọn một trong: {allowed}")


def _unknown_kind(kind: object, models: Mapping[str, Any], at: str) -> Problem:
    message = "Thiếu loại đối tượng" if kind is None else f"Loại đối tượng ghi “{kind}”, không dùng được ở đây"
    return problem("subject-kind", _under(at, "subject_kind"), message, f"Chọn một trong: {', '.join(models)}")


def _unknown_type(case_type: object, book: AppliedBook, at: str) -> Problem:
    known = sorted([*_LEVELLED, *book.book.registered.judgings])
    message = "Thiếu loại trường hợp" if case_type is None else f"Loại trường hợp ghi “{case_type}”, không có loại này"
    return problem("type", _under(at, "type"), message, f"Chọn một trong: {', '.join(known)}")
