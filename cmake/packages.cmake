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

# Layout plugin and core plugin alone, so that Graphviz loads no others of the system (no X, cairo, pango, no fonts read).
pkg_get_variable(GVC_LIBDIR libgvc libdir)
find_library(GVPLUGIN_CORE NAMES gvplugin_core HINTS ${GVC_LIBDIR}/graphviz NO_CACHE REQUIRED)
find_library(GVPLUGIN_DOT_LAYOUT NAMES gvplugin_dot_layout HINTS ${GVC_LIBDIR}/graphviz NO_CACHE REQUIRED)
# They are not linked but loaded by report/svg.cc when a picture is drawn: linking would cost every run 2.7 ms. Loaded by
# soname ("….so.6"), since the plain name belongs to the -dev package.
add_library(graphviz INTERFACE)
target_include_directories(graphviz SYSTEM INTERFACE ${GVC_INCLUDE_DIRS})
foreach(plugin CORE DOT_LAYOUT)
  file(REAL_PATH ${GVPLUGIN_${plugin}} real)
  string(REGEX REPLACE "(\\.so\\.[0-9]+)\\..*$" "\\1" soname ${real})
  target_compile_definitions(graphviz INTERFACE TRUSTWALK_GRAPHVIZ_${plugin}="${soname}")
endforeach()
target_link_libraries(graphviz INTERFACE ${CMAKE_DL_LIBS})

# For -V. What each folder links is its own business, so the versions come from here and not from its headers.
set(TRUSTWALK_LIBRARIES
  "c-ares ${CARES_VERSION}, OpenSSL ${OPENSSL_VERSION}, Graphviz ${GVC_libgvc_VERSION}, libidn2 ${IDN2_VERSION}")
