#!/bin/sh
# Chromium for the browser tests, qpdf for checking bundles. Without them those tests are skipped and say so.
set -eu
cd "$(dirname "$0")/.."
. installation/packages.sh
command -v qpdf >/dev/null 2>&1 || install_packages qpdf || true
command -v chromium >/dev/null 2>&1 && exit 0
echo "Đang cài Chromium để kiểm thử trang web …"
install_packages chromium || true
command -v chromium >/dev/null 2>&1
