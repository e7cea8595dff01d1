#!/bin/sh
# wheelhouse.sh: fills `wheelhouse/` with all that pip needs to install hoso on a machine without internet: the wheels
# of the locked requirements for this platform and Python, the tool that builds hoso, hoso itself, and the locks they fit.
set -eu
cd "$(dirname "$0")/.."
. installation/packages.sh
pip=".venv/bin/python -m pip --disable-pip-version-check"
making=wheelhouse.making
trap 'rm -rf "$making"' EXIT

rm -rf "$making"
echo "Đang tải các gói Python đã khóa phiên bản …"
for lock in requirements.lock requirements-build.lock; do
    # Wheels only: the machine they are for need not compile anything.
    $pip download --quiet --only-binary :all: --require-hashes -r "$lock" -d "$making"
done
$pip wheel --quiet --no-deps --no-index --find-links "$making" -w "$making" .
cp requirements.lock requirements-build.lock "$making"

system=$(. /etc/os-release 2>/dev/null && echo "${PRETTY_NAME:-}" || uname -s)
python=$(.venv/bin/python -c 'import platform; print(platform.python_version(), platform.machine())')
names="$PYTHON_PACKAGES $OFFICE_PACKAGES $(font_package)"
cat >"$making/DOC-TRUOC.txt" <<TEXT
Kho gói để cài hoso trên máy không có internet.
Lập trên: $system, Python $python. Chỉ dùng cho máy cùng hệ điều hành, cùng bản Python và cùng loại bộ xử lý.

1. Mang sang máy kia cả thư mục mã nguồn hoso cùng thư mục wheelhouse này (trừ thư mục .venv).
2. Mang theo các gói Debian, cả những gói chúng cần:
       $names
   Lấy tại một máy có internet, cùng bản Debian hoặc Ubuntu và mới cài như máy kia:
       mkdir -p goi-deb/partial
       apt-get install --download-only -o Dir::Cache::archives="\$PWD/goi-deb" $names
   rồi trên máy kia, với quyền quản trị:  dpkg -i goi-deb/*.deb
   Không có LibreOffice thì hoso vẫn lập được tệp Word, chỉ không lập được PDF.
3. Trên máy kia, trong thư mục mã nguồn:  make demo  (hoặc make serve). Lệnh này thấy wheelhouse thì không dùng mạng.
TEXT
rm -rf wheelhouse
mv "$making" wheelhouse
echo "Đã lập wheelhouse/: $(find wheelhouse -name '*.whl' | wc -l) gói, $(du -sh wheelhouse | cut -f1)."
echo
cat wheelhouse/DOC-TRUOC.txt
