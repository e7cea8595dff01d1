#!/bin/sh
# environment.sh LOCK: the virtual environment `.venv` with exactly the locked packages, and hoso itself in it. Where
# `wheelhouse/` fits the lock, everything is taken from there and the network is not asked.
set -eu
cd "$(dirname "$0")/.."
lock=$1
. installation/packages.sh

if ! "$PYTHON" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
    echo "Cần Python 3.11 trở lên. Trên Debian 12 hoặc Ubuntu 24.04: apt install python3 python3-venv" >&2
    exit 1
fi
if [ ! -x .venv/bin/python ]; then
    echo "Đang tạo môi trường Python trong .venv …"
    "$PYTHON" -m venv .venv >/dev/null 2>&1 || {
        rm -rf .venv
        install_packages python3-venv || true
        "$PYTHON" -m venv .venv || {
            echo "Không tạo được môi trường Python. Xin cài gói python3-venv (apt install python3-venv) rồi chạy lại." >&2
            exit 1
        }
    }
fi

fits() { cmp -s "$1" "wheelhouse/$1"; }
from=""
if fits "$lock" && fits requirements-build.lock; then
    from="--no-index --find-links wheelhouse"
elif [ -d wheelhouse ]; then
    echo "Thư mục wheelhouse không lập cho $lock này nên các gói được tải qua mạng."
fi

install() {
    # shellcheck disable=SC2086
    .venv/bin/python -m pip install --quiet --disable-pip-version-check $from "$@" && return
    [ -z "$from" ] || cat >&2 <<TEXT
Không cài được từ thư mục wheelhouse: có thể nó lập trên máy khác hệ điều hành hoặc khác bản Python.
Xin đọc wheelhouse/DOC-TRUOC.txt, hoặc bỏ thư mục wheelhouse để tải qua mạng.
TEXT
    exit 1
}

echo "Đang cài các gói Python đã khóa phiên bản ($lock)${from:+ từ wheelhouse, không dùng mạng} …"
install --require-hashes -r "$lock"
install --no-deps -e .
