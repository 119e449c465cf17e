# Compiler and linker flags of everything that is ours, as the interface library trustwalk_flags.
include(CheckCXXCompilerFlag)
include(CheckPIESupported)
check_pie_supported(LANGUAGES CXX)

add_library(trustwalk_flags INTERFACE)
target_compile_options(trustwalk_flags INTERFACE -Wall -Wextra -Wconversion -Wshadow -Wnon-virtual-dtor)
if(TRUSTWALK_WERROR)
  target_compile_options(trustwalk_flags INTERFACE -Werror)
endif()
if(CMAKE_CXX_COMPILER_ID STREQUAL GNU AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
  # GCC bug 105651: g++ 12 sees overlap in "text" + std::string where there is none.
  target_compile_options(trustwalk_flags INTERFACE -Wno-restrict)
  # Its flow analysis of optimised code loses track of vector growth over std::variant and std::optional. The same
  # questions are put to every build by clang's analyzer and the sanitizers.
  set(optimised $<CONFIG:Release,RelWithDebInfo,MinSizeRel>)
  foreach(warning stringop-overflow stringop-overread array-bounds maybe-uninitialized free-nonheap-object)
    target_compile_options(trustwalk_flags INTERFACE $<${optimised}:-Wno-${warning}>)
  endforeach()
endif()

if(CMAKE_CXX_COMPILER_ID MATCHES Clang)
  # std::stable_sort of libstdc++ 12 calls what the same library deprecates. Ours: g++ says it.
  target_compile_options(trustwalk_flags INTERFACE -Wno-deprecated-declarations)
endif()

# An index past the end stops the program instead of reading on, in every build type: the input is hostile.
target_compile_definitions(trustwalk_flags INTERFACE _GLIBCXX_ASSERTIONS)

set(release $<CONFIG:Release>)
foreach(flag -fstack-protector-strong -fstack-clash-protection -fcf-protection=full -ftrivial-auto-var-init=zero
    -ffunction-sections -fdata-sections)
  string(MAKE_C_IDENTIFIER has${flag} known)
  check_cxx_compiler_flag(${flag} ${known})
  if(${known})
    target_compile_options(trustwalk_flags INTERFACE $<${release}:${flag}>)
  endif()
endforeach()
target_compile_options(trustwalk_flags INTERFACE $<${release}:-U_FORTIFY_SOURCE> $<${release}:-D_FORTIFY_SOURCE=3>)
if(NOT APPLE)
  target_link_options(trustwalk_flags INTERFACE
    $<${release}:LINKER:-z,relro> $<${release}:LINKER:-z,now> $<${release}:LINKER:-z,noexecstack>)
endif()

# Sanitizers go on everything, tests included: a half-instrumented program reports what is not there.
if(TRUSTWALK_FUZZ)
  if(NOT CMAKE_CXX_COMPILER_ID MATCHES Clang)
    message(FATAL_ERROR "TRUSTWALK_FUZZ needs clang: -DCMAKE_CXX_COMPILER=clang++-19")
  endif()
  set(TRUSTWALK_SANITIZE address,undefined)
  add_compile_options(-fsanitize=fuzzer-no-link)
endif()
if(TRUSTWALK_SANITIZE)
  string(REPLACE ";" "," sanitizers "${TRUSTWALK_SANITIZE}")
  add_compile_options(-fsanitize=${sanitizers} -fno-sanitize-recover=all -fno-omit-frame-pointer)
  add_link_options(-fsanitize=${sanitizers})
  if(CMAKE_CXX_COMPILER_ID MATCHES Clang)
    add_compile_options(-fsanitize-ignorelist=${CMAKE_CURRENT_LIST_DIR}/sanitizer-ignore.txt)
  endif()
endif()
