"""Papers others write about a member: the comment from where he lives, a leader's declaration of assets."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sample_campaign.build.own_papers import blank, body, saved


def residence_comment(member: Mapping[str, Any]) -> bytes:
    """The comment of the committee where a member lives (Quy định 76-QĐ/TW), as its secretary typed it."""
    comment = member["residence_comment"]
    day = comment["commented_on"]
    paper = blank("Times New Roman", 13, 2.5)
    body(
        paper,
        f"""# {comment["committee"].upper()}
# NHẬN XÉT ĐẢNG VIÊN ĐANG CÔNG TÁC NƠI CƯ TRÚ
Kính gửi: Chi bộ nơi đồng chí {member["full_name"]} sinh hoạt.
Đồng chí {member["full_name"]}, sinh ngày {member["birth_date"]:%d/%m/%Y}.
Nơi công tác: {member["workplace"]}. Nơi cư trú: {member["residence"]}.
Năm 2018, chi ủy nhận xét như sau: {comment["comment"]}
Đề nghị ghi nhận đồng chí hoàn thành nghĩa vụ công dân và giữ mối liên hệ với nơi cư trú.
Ngày {day:%d} tháng {day:%m} năm {day.year}. T/M chi ủy, bí thư (đã ký).""",
    )
    return saved(paper)


def asset_declaration(leader: Mapping[str, Any], name: str, assets: Mapping[str, str]) -> bytes:
    """A leader's declaration of assets and income (13-HD/TU, I.3.2.b)."""
    day = leader["asset_declared_on"]
    paper = blank("Times New Roman", 13, 2.5)
    body(
        paper,
        f"""# BẢN KÊ KHAI TÀI SẢN, THU NHẬP NĂM 2018
Người kê khai: {name}. Chức vụ: {leader["title"]}.
| Nội dung | Kê khai |
| Nhà, công trình xây dựng | {assets["house"]} |
| Quyền sử dụng đất | {assets["land"]} |
| Phương tiện | {assets["vehicle"]} |
| Tiền, giấy tờ có giá, khoản nợ | {assets["money"]} |
| Tổng thu nhập trong năm | {assets["income"]} |
Tôi cam đoan những nội dung trên là đúng sự thật và chịu trách nhiệm trước Đảng, trước pháp luật.
An Đồng, ngày {day:%d} tháng {day:%m} năm {day.year}. Người kê khai (đã ký): {name}.""",
    )
    return saved(paper)
