#----------------------------------------------------------------
# Generated CMake target import file for configuration "Debug".
#----------------------------------------------------------------

# Commands may need to know the format version.
set(CMAKE_IMPORT_FILE_VERSION 1)

# Import target "tiersim::static" for configuration "Debug"
set_property(TARGET tiersim::static APPEND PROPERTY IMPORTED_CONFIGURATIONS DEBUG)
set_target_properties(tiersim::static PROPERTIES
  IMPORTED_LINK_INTERFACE_LANGUAGES_DEBUG "C"
  IMPORTED_LOCATION_DEBUG "${_IMPORT_PREFIX}/lib/libtiersim.a"
  )

list(APPEND _cmake_import_check_targets tiersim::static )
list(APPEND _cmake_import_check_files_for_tiersim::static "${_IMPORT_PREFIX}/lib/libtiersim.a" )

# Commands beyond this point should not need to know the version.
set(CMAKE_IMPORT_FILE_VERSION)
