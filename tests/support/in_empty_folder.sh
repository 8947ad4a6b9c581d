#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# in_empty_folder.sh FOLDER COMMAND…: runs the command in the folder, emptied first.
set -eu
folder=$1
shift
rm -rf "$folder"
mkdir -p "$folder"
cd "$folder"
exec "$@"
