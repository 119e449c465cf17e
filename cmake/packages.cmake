# Third-party libraries. Each is linked PRIVATE to the one folder that includes its header (design.md §2).
find_package(PkgConfig REQUIRED)
pkg_check_modules(CARES REQUIRED IMPORTED_TARGET libcares)
pkg_check_modules(GVC REQUIRED IMPORTED_TARGET libgvc libcgraph)
pkg_check_modules(IDN2 REQUIRED libidn2)
find_package(OpenSSL 3.0 REQUIRED)
find_package(CLI11 REQUIRED)
find_package(fmt REQUIRED)
find_package(pugixml REQUIRED)
find_package(RapidJSON REQUIRED)

# A program that lives for some milliseconds pays for every shared library it loads. What is C++ goes inside in a Release
# build; libcrypto and c-ares stay outside, where their security updates reach us.
string(COMPARE EQUAL "${CMAKE_BUILD_TYPE}" Release inside)
option(TRUSTWALK_INSIDE "Put the C++ run-time, fmt and pugixml into the program instead of loading them" ${inside})
add_library(text INTERFACE)
add_library(xml INTERFACE)
add_library(runtime INTERFACE)
if(TRUSTWALK_INSIDE)
  target_link_libraries(text INTERFACE fmt::fmt-header-only)
  target_link_libraries(xml INTERFACE pugixml::static)
  target_link_options(runtime INTERFACE -static-libstdc++ -static-libgcc LINKER:--gc-sections)
else()
  target_link_libraries(text INTERFACE fmt::fmt)
  target_link_libraries(xml INTERFACE pugixml::pugixml)
endif()

# RapidJSON's config gives a variable and no target. clang refuses document.h of 1.1.0 (an operator= that assigns to a const
# member, which nobody can call); then we include a copy in which that operator is deleted.
set(rapidjson_headers ${RAPIDJSON_INCLUDE_DIRS} ${RapidJSON_INCLUDE_DIRS})
set(unusable "GenericStringRef& operator=(const GenericStringRef& rhs) { s = rhs.s; length = rhs.length; }")
list(GET rapidjson_headers 0 directory)
file(READ ${directory}/rapidjson/document.h document)
string(FIND "${document}" "${unusable}" found)
if(CMAKE_CXX_COMPILER_ID MATCHES Clang AND NOT found EQUAL -1)
  set(rapidjson_headers ${CMAKE_BINARY_DIR}/mended)
  file(COPY ${directory}/rapidjson DESTINATION ${rapidjson_headers})
  string(REPLACE "${unusable}" "GenericStringRef& operator=(const GenericStringRef&) = delete;" document "${document}")
  file(WRITE ${rapidjson_headers}/rapidjson/document.h "${document}")
endif()
add_library(rapidjson INTERFACE)
target_include_directories(rapidjson SYSTEM INTERFACE ${rapidjson_headers})

# trustwalk_loads(TARGET MACRO FILE): code of TARGET opens FILE with dlopen, by the name in MACRO. That is its soname ("….so.6"),
# since the plain name belongs to the -dev package.
function(trustwalk_loads target macro file)
  file(REAL_PATH ${file} real)
  string(REGEX REPLACE "(\\.so\\.[0-9]+)\\..*$" "\\1" soname ${real})
  target_compile_definitions(${target} INTERFACE ${macro}="${soname}")
  target_link_libraries(${target} INTERFACE ${CMAKE_DL_LIBS})
endfunction()

# Layout plugin and core plugin alone, so that Graphviz loads no others of the system (no X, cairo, pango, no fonts read).
pkg_get_variable(GVC_LIBDIR libgvc libdir)
find_library(GVPLUGIN_CORE NAMES gvplugin_core HINTS ${GVC_LIBDIR}/graphviz NO_CACHE REQUIRED)
find_library(GVPLUGIN_DOT_LAYOUT NAMES gvplugin_dot_layout HINTS ${GVC_LIBDIR}/graphviz NO_CACHE REQUIRED)
file(REAL_PATH ${GVPLUGIN_DOT_LAYOUT} GVPLUGIN_DOT_LAYOUT_FILE)
# They are not linked but loaded by report/svg.cc when a picture is drawn: linking would cost every run 2.7 ms.
add_library(graphviz INTERFACE)
target_include_directories(graphviz SYSTEM INTERFACE ${GVC_INCLUDE_DIRS})
trustwalk_loads(graphviz TRUSTWALK_GRAPHVIZ_CORE ${GVPLUGIN_CORE})
trustwalk_loads(graphviz TRUSTWALK_GRAPHVIZ_DOT_LAYOUT ${GVPLUGIN_DOT_LAYOUT})

# Nor is libidn2, whose tables cost a millisecond: cli/idna.cc loads it for the first name that is not plain ASCII.
find_library(IDN2_LIBRARY NAMES ${IDN2_LIBRARIES} HINTS ${IDN2_LIBRARY_DIRS} NO_CACHE REQUIRED)
add_library(idn2 INTERFACE)
target_include_directories(idn2 SYSTEM INTERFACE ${IDN2_INCLUDE_DIRS})
trustwalk_loads(idn2 TRUSTWALK_IDN2 ${IDN2_LIBRARY})

# For -V. What each folder links is its own business, so the versions come from here and not from its headers.
set(TRUSTWALK_LIBRARIES
  "c-ares ${CARES_VERSION}, OpenSSL ${OPENSSL_VERSION}, Graphviz ${GVC_libgvc_VERSION}, libidn2 ${IDN2_VERSION}")

# validator/crypto_p256.cc uses functions that OpenSSL calls deprecated since 3.0 and may take away. Without them the same
# signatures are verified by EVP, three times slower.
include(CheckCXXSourceCompiles)
set(CMAKE_REQUIRED_LIBRARIES OpenSSL::Crypto)
check_cxx_source_compiles("
#define OPENSSL_SUPPRESS_DEPRECATED
#include <openssl/ec.h>
int main() {
  EC_GROUP* group = EC_GROUP_new_by_curve_name(415);
  return EC_GROUP_precompute_mult(group, nullptr) + EC_GROUP_have_precompute_mult(group) +
         EC_POINT_get_Jprojective_coordinates_GFp(group, EC_GROUP_get0_generator(group), nullptr, nullptr, nullptr, nullptr);
}" OPENSSL_HAS_TABLES)
unset(CMAKE_REQUIRED_LIBRARIES)
option(TRUSTWALK_P256_TABLES "Verify many P-256 signatures by one key with a table of its multiples" ${OPENSSL_HAS_TABLES})
