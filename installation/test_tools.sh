#!/bin/sh
# What only the tests use: Chromium (and what its driver links to), Calc for a workbook saved by LibreOffice, qpdf for
# bundles, tesseract with Vietnamese for scans. Tests that find theirs missing are skipped and say so.
set -eu
cd "$(dirname "$0")/.."
. installation/packages.sh

complete() {
    command -v chromium >/dev/null 2>&1 && command -v qpdf >/dev/null 2>&1 &&
        command -v tesseract >/dev/null 2>&1 &&
        [ -e "$(dirname "$(readlink -f "$(command -v soffice)")")/libsclo.so" ] &&
        ls /usr/lib/*/libatomic.so.1 >/dev/null 2>&1
}

complete && exit 0
echo "Đang cài công cụ kiểm thử (Chromium, Calc, qpdf, tesseract) …"
for package in qpdf tesseract-ocr tesseract-ocr-vie libatomic1 libreoffice-calc-nogui chromium; do
    install_packages "$package" || true
done
complete
