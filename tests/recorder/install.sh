#!/bin/sh
# Installs what the recorder needs on Debian and its descendants, as root: three browser engines and a display for one of
# them, about 280 MB to download.
set -eu
apt-get update
DEBIAN_FRONTEND=noninteractive apt-get install --yes --no-install-recommends \
    chromium firefox-esr libwebkit2gtk-4.1-0 xvfb iproute2 util-linux
