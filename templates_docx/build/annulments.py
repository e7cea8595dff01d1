"""The two decisions after a result proves wrong: the one that annuls it, the one that puts another in its place."""

from __future__ import annotations

from docx.document import Document

from .blocks import paragraph, tag
from .closing import Recipients, Signer, closing
from .decisions import FROM_SIGNING, article, article_of, grounds, resolves
from .filling import day_of, dotted, or_dots, text_field
from .opening import party_header, title
from .page import new_page
from .registry import template

# 13-HD/TU, V.1, gạch 7.
_TERM = "trong vòng 30 ngày làm việc kể từ ngày hủy kết quả xếp loại"


def chosen(field: str, dots: int = 10) -> str:
    """Text for the middle of a sentence: the label of a choice or level, or dots."""
    return f"{{% if has.{field} %}}{{{{ {field}.label }}}}{{% else %}}{dotted(dots)}{{% endif %}}"


def paper_of(number: str, day: str, body: str) -> str:
    """`Quyết định số 15-QĐ/ĐU, ngày 05/01/2019 của …`, with room for what is not given."""
    return f"Quyết định số {or_dots(number, 4)}, {day_of(day)} của {or_dots(body)}"


def subject_described() -> str:
    """`đảng viên Nguyễn Thị Hường, sinh ngày 17/04/1979, Chi ủy viên Chi bộ Khu 3`, as far as it is known."""
    return (
        f"{chosen('concerns', 4)} {or_dots('subject')}"
        "{% if has.birth_date %}, sinh ngày {{ birth_date }}{% endif %}"
        "{% if has.position %}, {{ position }}{% endif %}"
    )


@template("quyet-dinh-huy-ket-qua.docx")
def annulment() -> Document:
    """The decision that annuls a result, with its reason and the last day for another one (13-HD/TU, V.1, gạch 7)."""
    document = new_page("Quyết định hủy bỏ kết quả xếp loại chất lượng")
    party_header(document)
    title(document, "Quyết định", "về hủy bỏ kết quả xếp loại chất lượng năm {{ year }}", rule=True)
    grounds(document)
    former = paper_of("annulled_number", "annulled_date", "annulled_body")
    paragraph(document, "Body", f"- Căn cứ {former} về xếp loại chất lượng năm {{{{ year }}}},")
    resolves(document)
    annulled = f"Hủy bỏ kết quả xếp loại chất lượng năm {{{{ year }}}} mức “{chosen('annulled_level')}” đối với "
    article(document, 1, f"{annulled}{subject_described()}; kết quả này được xếp loại tại {former}.")
    paragraph(document, "Body", f"Lý do: {chosen('cause', 20)}, cụ thể:", keep_next=True)
    text_field(document, "findings")
    article(
        document,
        2,
        f"Giao {or_dots('reviewing_body')} chỉ đạo kiểm điểm, xếp loại lại chất lượng năm {{{{ year }}}} đối với "
        f"{or_dots('subject')} {_TERM}{{% if has.annulled_on %}} (ngày {{{{ annulled_on }}}}){{% endif %}}, chậm nhất "
        f"{day_of('due_on')}, và báo cáo kết quả với {or_dots('reports_to')}.",
    )
    article_of(document, 3, "enforcement", after=FROM_SIGNING, keep_next=True)
    closing(document, Signer(("{{ signature_authority }}", "{{ signature_acting }}")), Recipients())
    return document


@template("quyet-dinh-xep-loai-lai.docx")
def reclassification() -> Document:
    """The decision whose level takes the place of the annulled one (13-HD/TU, V.1, gạch 7)."""
    document = new_page("Quyết định xếp loại lại chất lượng")
    party_header(document)
    title(document, "Quyết định", "về xếp loại lại chất lượng năm {{ year }}", rule=True)
    grounds(document)
    annulling = f"Quyết định số {or_dots('annulment_number', 4)}, {day_of('annulment_date')}"
    paragraph(document, "Body", f"- Căn cứ {annulling} về hủy bỏ kết quả xếp loại chất lượng năm {{{{ year }}}};")
    paragraph(
        document,
        "Body",
        f"- Căn cứ {{% if has.reviewed_on or blank %}}kết quả kiểm điểm lại {day_of('reviewed_on')} và {{% endif %}}"
        "kết quả bỏ phiếu kín tại hội nghị "
        f"{or_dots('deciding_body')} {day_of('voted_on')}{{% if has.votes %}} ({{{{ votes }}}}){{% endif %}},",
    )
    resolves(document)
    again = f"Xếp loại lại chất lượng năm {{{{ year }}}} đối với {subject_described()}: "
    article(document, 1, f"{again}{chosen('level')}.")
    tag(document, "if has.comment or blank")
    text_field(document, "comment", lead="Nhận xét, đánh giá: ")
    tag(document, "endif")
    former = paper_of("former_number", "former_date", "former_body")
    paragraph(
        document,
        "Body",
        f"Kết quả này thay thế mức “{chosen('former_level')}” đã xếp loại tại {former} và đã hủy bỏ theo {annulling}.",
    )
    article(
        document,
        2,
        f"Báo cáo {{% if has.missed_on %}}ngay {{% endif %}}kết quả xếp loại lại với {or_dots('reports_to')}"
        "{% if has.missed_on %}, nêu rõ lý do chậm (thời hạn 30 ngày làm việc kể từ ngày hủy kết quả xếp loại đã hết "
        "ngày {{ missed_on }}){% else %}{% if has.due_on or blank %}, chậm nhất "
        f"{day_of('due_on')}{{% endif %}} ({_TERM}){{% endif %}}; thông báo kết quả đến đối tượng được đánh giá và tập "
        "thể, cá nhân trực tiếp quản lý, sử dụng; điều chỉnh danh sách, số liệu tổng hợp xếp loại năm {{ year }}.",
    )
    article_of(document, 3, "enforcement", after=FROM_SIGNING, keep_next=True)
    closing(document, Signer(("{{ signature_authority }}", "{{ signature_acting }}")), Recipients())
    return document
