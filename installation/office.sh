#!/bin/sh
# LibreOffice Writer without a screen, the fonts and the PDF tools. Without them hoso still writes Word files.
set -eu
cd "$(dirname "$0")/.."
. installation/packages.sh

complete() {
    command -v soffice >/dev/null 2>&1 && command -v pdftotext >/dev/null 2>&1 &&
        fc-list ':family=Liberation Serif:charset=1ea1' 2>/dev/null | grep -q .
}

complete && exit 0
echo "Đang cài LibreOffice Writer, phông chữ và công cụ PDF …"
# shellcheck disable=SC2086
install_packages $OFFICE_PACKAGES || true
for name in $FONT_PACKAGES; do
    if install_packages "$name"; then break; fi
done
complete && exit 0
cat >&2 <<TEXT
Chưa cài được LibreOffice và phông chữ (cần quyền quản trị). Xin nhờ người quản trị máy chạy:
    apt install $OFFICE_PACKAGES $(font_package)
Công việc vẫn chạy tiếp, chỉ tạo tệp Word, chưa tạo PDF.
TEXT
exit 1
