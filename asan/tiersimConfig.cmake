# find_package(tiersim) gives tiersim::tiersim, the shared library. Where the libraries that
# tiersim itself uses can be found, tiersim::static is there as well.

####### Expanded from @PACKAGE_INIT@ by configure_package_config_file() #######
####### Any changes to this file will be overwritten by the next CMake run ####
####### The input file was tiersimConfig.cmake.in                            ########

get_filename_component(PACKAGE_PREFIX_DIR "${CMAKE_CURRENT_LIST_DIR}/../../../" ABSOLUTE)

macro(set_and_check _var _file)
  set(${_var} "${_file}")
  if(NOT EXISTS "${_file}")
    message(FATAL_ERROR "File or directory ${_file} referenced by variable ${_var} does not exist !")
  endif()
endmacro()

macro(check_required_components _NAME)
  foreach(comp ${${_NAME}_FIND_COMPONENTS})
    if(NOT ${_NAME}_${comp}_FOUND)
      if(${_NAME}_FIND_REQUIRED_${comp})
        set(${_NAME}_FOUND FALSE)
      endif()
    endif()
  endforeach()
endmacro()

####################################################################################
include("${CMAKE_CURRENT_LIST_DIR}/tiersimTargets.cmake")

find_package(PkgConfig QUIET)
find_package(Threads QUIET)
if(PkgConfig_FOUND AND Threads_FOUND)
  pkg_check_modules(GSL QUIET IMPORTED_TARGET gsl)
  pkg_check_modules(CJSON QUIET IMPORTED_TARGET libcjson)
  pkg_check_modules(ZLIB QUIET IMPORTED_TARGET zlib)
  if(GSL_FOUND AND CJSON_FOUND AND ZLIB_FOUND)
    include("${CMAKE_CURRENT_LIST_DIR}/tiersimStaticTargets.cmake")
    set(tiersim_static_FOUND TRUE)
  endif()
endif()
check_required_components(tiersim)
