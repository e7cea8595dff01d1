"""What went wrong, said in Vietnamese, with the status a browser expects."""

from __future__ import annotations

import logging
from http import HTTPStatus

from flask import Flask, render_template
from werkzeug.exceptions import HTTPException

from archive.errors import Busy, NotFound
from generator.errors import HosoError

_SENTENCES = {
    400: "Yêu cầu gửi lên không đọc được. Xin quay lại và thử lại.",
    403: "Tài khoản của bạn không được xem hoặc làm việc này.",
    404: "Không có trang hoặc hồ sơ này.",
    405: "Không làm được việc này bằng đường dẫn vừa mở.",
    413: "Nội dung gửi lên quá lớn.",
    500: "Phần mềm gặp lỗi khi làm việc này. Việc vừa làm chưa được ghi lại; xin thử lại hoặc báo người quản trị.",
}


class PageError(HosoError):
    """Không mở được trang."""

    code = "pages.error"


class Refused(PageError):
    """Biểu mẫu đã cũ hoặc được gửi từ trang khác. Xin quay lại, tải lại trang rồi gửi lại."""

    code = "pages.refused"


class NotAllowed(PageError):
    """Tài khoản của bạn không được xem hoặc làm việc này."""

    code = "pages.not-allowed"


def install(app: Flask) -> None:
    """Answers every error with a page in Vietnamese."""
    app.register_error_handler(HosoError, answer)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(Exception, _unexpected)


def _page(status: int, sentence: str) -> tuple[str, int]:
    return render_template("error.html", sentence=sentence, status=status), status


def answer(error: HosoError) -> tuple[str, int]:
    """The page that says one of our errors, with its status."""
    if isinstance(error, NotFound):
        return _page(HTTPStatus.NOT_FOUND, error.message)
    if isinstance(error, Refused):
        return _page(HTTPStatus.BAD_REQUEST, error.message)
    if isinstance(error, NotAllowed):
        return _page(HTTPStatus.FORBIDDEN, error.message)
    if isinstance(error, Busy):
        return _page(HTTPStatus.SERVICE_UNAVAILABLE, error.message)
    return _page(HTTPStatus.CONFLICT, error.message)


def _http(error: HTTPException) -> tuple[str, int]:
    status = error.code or HTTPStatus.INTERNAL_SERVER_ERROR
    return _page(status, _SENTENCES.get(status, _SENTENCES[500]))


def _unexpected(error: Exception) -> tuple[str, int]:
    # The last door: what nobody foresaw is logged for the engineer (its kind and place, no texts) and told plainly.
    place = error.__traceback__
    while place and place.tb_next:
        place = place.tb_next
    where = f"{place.tb_frame.f_code.co_filename}:{place.tb_lineno}" if place else "?"
    logging.getLogger("hoso.pages").error("%s at %s", type(error).__name__, where)
    return _page(HTTPStatus.INTERNAL_SERVER_ERROR, _SENTENCES[500])
