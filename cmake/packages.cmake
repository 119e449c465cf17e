# Third-party libraries. Each is linked PRIVATE to the one folder that includes its header (design.md §2).
find_package(PkgConfig REQUIRED)
pkg_check_modules(CARES REQUIRED IMPORTED_TARGET libcares)
pkg_check_modules(GVC REQUIRED IMPORTED_TARGET libgvc libcgraph)
pkg_check_modules(IDN2 REQUIRED IMPORTED_TARGET libidn2)
find_package(OpenSSL 3.0 REQUIRED)
find_package(CLI11 REQUIRED)
find_package(fmt REQUIRED)
find_package(pugixml REQUIRED)
find_package(RapidJSON REQUIRED)

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

# Layout and SVG renderer linked in, so that Graphviz loads no plugin of the system (no X, cairo, pango, no fonts read).
pkg_get_variable(GVC_LIBDIR libgvc libdir)
find_library(GVPLUGIN_CORE NAMES gvplugin_core HINTS ${GVC_LIBDIR}/graphviz NO_CACHE REQUIRED)
find_library(GVPLUGIN_DOT_LAYOUT NAMES gvplugin_dot_layout HINTS ${GVC_LIBDIR}/graphviz NO_CACHE REQUIRED)
add_library(graphviz INTERFACE)
target_link_libraries(graphviz INTERFACE PkgConfig::GVC ${GVPLUGIN_DOT_LAYOUT} ${GVPLUGIN_CORE})
