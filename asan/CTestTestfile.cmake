# CMake generated Testfile for 
# Source directory: /tmp/wt/sweep
# Build directory: /tmp/wt/sweep/asan
# 
# This file includes the relevant testing commands required for 
# testing this directory and lists subdirectories to be tested as well.
subdirs("tests")
