# dlc_add_library(NAME source... [MLIR] [SHARED] [TABLEGEN target...] [DEPENDS lib...])
#
# Adds a library of the project. What it may include is what it depends on:
# `DEPENDS` names our libraries, `MLIR` gives it MLIR and LLVM (the two dylibs,
# nothing else: mixing in static components is luck). A library without `MLIR`
# does not even see their include path.
function(dlc_add_library name)
  cmake_parse_arguments(ARG "MLIR;SHARED" "" "TABLEGEN;DEPENDS" ${ARGN})
  set(kind STATIC)
  if(ARG_SHARED)
    set(kind SHARED)
  endif()
  add_library(${name} ${kind} ${ARG_UNPARSED_ARGUMENTS})
  target_link_libraries(${name} PUBLIC ${ARG_DEPENDS})
  dlc_target_options(${name})
  if(ARG_MLIR)
    dlc_use_mlir(${name})
  endif()
  if(ARG_TABLEGEN)
    add_dependencies(${name} ${ARG_TABLEGEN})
  endif()
endfunction()

# dlc_add_tool(NAME source... [MLIR] [DEPENDS lib...])
function(dlc_add_tool name)
  cmake_parse_arguments(ARG "MLIR" "" "DEPENDS" ${ARGN})
  add_executable(${name} ${ARG_UNPARSED_ARGUMENTS})
  # -fPIC instead of -fPIE, or the libraries' precompiled header would not fit.
  set_target_properties(${name} PROPERTIES POSITION_INDEPENDENT_CODE OFF)
  target_compile_options(${name} PRIVATE -fPIC)
  target_link_libraries(${name} PRIVATE ${ARG_DEPENDS})
  dlc_target_options(${name})
  if(ARG_MLIR)
    dlc_use_mlir(${name})
  endif()
endfunction()

function(dlc_target_options name)
  target_compile_options(${name} PRIVATE -Wall -Wextra -Wno-unused-parameter
    -ffp-contract=off $<$<BOOL:${DLC_WERROR}>:-Werror>)
endfunction()

# MLIR's and LLVM's include path, the two dylibs, the shared precompiled header.
function(dlc_use_mlir name)
  if(CMAKE_CXX_COMPILER_ID STREQUAL GNU)
    target_include_directories(${name} BEFORE PUBLIC ${PROJECT_SOURCE_DIR}/cmake/gcc)
  endif()
  target_include_directories(${name} SYSTEM PUBLIC ${LLVM_INCLUDE_DIRS}
    ${MLIR_INCLUDE_DIRS} ${PROJECT_BINARY_DIR}/compiler)
  target_include_directories(${name} PUBLIC ${PROJECT_SOURCE_DIR}/compiler)
  separate_arguments(definitions NATIVE_COMMAND ${LLVM_DEFINITIONS})
  target_compile_definitions(${name} PUBLIC ${definitions})
  target_link_libraries(${name} PUBLIC MLIR LLVM)
  # Installed binaries find the dylibs where the build found them.
  set_target_properties(${name} PROPERTIES INSTALL_RPATH_USE_LINK_PATH ON)
  add_dependencies(${name} DlcIRIncGen)
  if(NOT DLC_PCH)
    return()
  endif()
  if(NOT TARGET DlcPch)
    add_library(DlcPch STATIC ${PROJECT_SOURCE_DIR}/cmake/Pch.cpp)
    dlc_target_options(DlcPch)
    if(CMAKE_CXX_COMPILER_ID STREQUAL GNU)
      target_include_directories(DlcPch BEFORE PRIVATE ${PROJECT_SOURCE_DIR}/cmake/gcc)
    endif()
    target_include_directories(DlcPch SYSTEM PRIVATE ${LLVM_INCLUDE_DIRS}
      ${MLIR_INCLUDE_DIRS})
    target_compile_definitions(DlcPch PRIVATE ${definitions})
    target_precompile_headers(DlcPch PRIVATE
      <mlir/IR/BuiltinOps.h> <mlir/IR/PatternMatch.h> <mlir/Pass/Pass.h>
      <mlir/Dialect/Func/IR/FuncOps.h> <mlir/IR/OpImplementation.h>
      <mlir/Interfaces/SideEffectInterfaces.h>
      <mlir/Interfaces/InferTypeOpInterface.h>
      <mlir/Interfaces/ControlFlowInterfaces.h>)
  endif()
  target_precompile_headers(${name} REUSE_FROM DlcPch)
endfunction()

option(DLC_PCH "Use one precompiled header of MLIR's headers" ON)
option(DLC_WERROR "Treat warnings as errors" OFF)
