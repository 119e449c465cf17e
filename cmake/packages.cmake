# Third-party libraries. Each is linked PRIVATE to the one folder that includes its header (design.md §2).
find_package(PkgConfig REQUIRED)
pkg_check_modules(CARES REQUIRED IMPORTED_TARGET libcares)
pkg_check_modules(GVC REQUIRED IMPORTED_TARGET libgvc libcgraph)
find_package(OpenSSL 3.0 REQUIRED)
find_package(CLI11 REQUIRED)
find_package(fmt REQUIRED)
find_package(pugixml REQUIRED)
find_package(RapidJSON REQUIRED)

# Debian's RapidJSON config gives a variable and no target.
add_library(rapidjson INTERFACE)
target_include_directories(rapidjson SYSTEM INTERFACE ${RAPIDJSON_INCLUDE_DIRS} ${RapidJSON_INCLUDE_DIRS})

# Layout and SVG renderer linked in, so that Graphviz loads no plugin of the system (no X, cairo, pango, no fonts read).
pkg_get_variable(GVC_LIBDIR libgvc libdir)
find_library(GVPLUGIN_CORE NAMES gvplugin_core HINTS ${GVC_LIBDIR}/graphviz NO_CACHE REQUIRED)
find_library(GVPLUGIN_DOT_LAYOUT NAMES gvplugin_dot_layout HINTS ${GVC_LIBDIR}/graphviz NO_CACHE REQUIRED)
add_library(graphviz INTERFACE)
target_link_libraries(graphviz INTERFACE PkgConfig::GVC ${GVPLUGIN_DOT_LAYOUT} ${GVPLUGIN_CORE})
