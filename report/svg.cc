#include "report/svg.h"

#include <dlfcn.h>
#include <gvc.h>

#include <algorithm>
#include <charconv>
#include <deque>
#include <map>
#include <mutex>

#include "report/dot.h"
#include "report/drawing.h"

namespace report {
namespace {

// Graphviz is loaded when the first picture is drawn: linking it costs every run of the program some milliseconds.
struct Library {
  decltype(&::gvContextPlugins) context = nullptr;
  decltype(&::gvFreeContext) free_context = nullptr;
  decltype(&::gvLayout) layout = nullptr;
  decltype(&::gvFreeLayout) free_layout = nullptr;
  decltype(&::gvRenderData) render = nullptr;
  decltype(&::gvFreeRenderData) free_render = nullptr;
  decltype(&::agread) read = nullptr;
  decltype(&::agclose) close = nullptr;
  decltype(&::agget) get = nullptr;
  decltype(&::agnode) node = nullptr;
  decltype(&::agsubg) subgraph = nullptr;
  decltype(&::agfstnode) first_node = nullptr;
  decltype(&::agnxtnode) next_node = nullptr;
  decltype(&::agfstout) first_edge = nullptr;
  decltype(&::agnxtout) next_edge = nullptr;
  decltype(&::agnameof) name = nullptr;
  decltype(&::agseterrf) error_function = nullptr;
  lt_symlist_t plugins[3]{};
};

std::expected<Library, std::string> load();
std::expected<Layout, std::string> lay_out(const Library& library, const Picture& picture);

}  // namespace

std::expected<std::string, std::string> svg(const Picture& picture) {
  // tech.md §4: two Graphviz contexts in two threads crash; and loading happens once.
  static std::mutex one_at_a_time;
  const std::lock_guard turn(one_at_a_time);
  static const auto library = load();
  if (!library) return std::unexpected(library.error());
  const auto layout = lay_out(*library, picture);
  if (!layout) return std::unexpected(layout.error());
  return draw(picture, *layout);
}

namespace {

std::expected<Library, std::string> load() {
  Library library;
  // Lazily: of the thousands of functions of Graphviz and what it brings along, a picture calls few.
  void* dot = dlopen(TRUSTWALK_GRAPHVIZ_DOT_LAYOUT, RTLD_LAZY | RTLD_LOCAL);
  void* core = dot == nullptr ? nullptr : dlopen(TRUSTWALK_GRAPHVIZ_CORE, RTLD_LAZY | RTLD_LOCAL);
  if (core == nullptr) {
    const char* why = dlerror();
    return std::unexpected(std::string{"no picture without Graphviz: "} + (why == nullptr ? "not found" : why));
  }
  bool complete = true;
  // libgvc and libcgraph come in behind the plugin, which needs them.
  const auto find = [&](void* from, auto& function, const char* name) {
    function = reinterpret_cast<std::remove_reference_t<decltype(function)>>(dlsym(from, name));
    if (function == nullptr) complete = false;
  };
  find(core, library.context, "gvContextPlugins");
  find(core, library.free_context, "gvFreeContext");
  find(core, library.layout, "gvLayout");
  find(core, library.free_layout, "gvFreeLayout");
  find(core, library.render, "gvRenderData");
  find(core, library.free_render, "gvFreeRenderData");
  find(core, library.read, "agread");
  find(core, library.close, "agclose");
  find(core, library.get, "agget");
  find(core, library.node, "agnode");
  find(core, library.subgraph, "agsubg");
  find(core, library.first_node, "agfstnode");
  find(core, library.next_node, "agnxtnode");
  find(core, library.first_edge, "agfstout");
  find(core, library.next_edge, "agnxtout");
  find(core, library.name, "agnameof");
  find(core, library.error_function, "agseterrf");
  library.plugins[0] = {"gvplugin_dot_layout_LTX_library", dlsym(dot, "gvplugin_dot_layout_LTX_library")};
  library.plugins[1] = {"gvplugin_core_LTX_library", dlsym(core, "gvplugin_core_LTX_library")};
  complete = complete && library.plugins[0].address != nullptr && library.plugins[1].address != nullptr;
  if (!complete) return std::unexpected("no picture: this Graphviz lacks functions of version 2.42");
  library.error_function([](char*) { return 0; });  // it would write to stderr
  return library;
}

// Numbers of a Graphviz attribute, whatever stands between them: "e,10.5,20 1,2 3,4".
std::vector<double> numbers(const char* text) {
  std::vector<double> out;
  if (text == nullptr) return out;
  const std::string_view all = text;
  for (std::size_t at = 0; at < all.size();) {
    double value = 0;
    const auto* from = all.data() + at;
    const auto read = std::from_chars(from, all.data() + all.size(), value);
    if (read.ec == std::errc{}) {
      out.push_back(value);
      at += static_cast<std::size_t>(read.ptr - from);
    } else {
      ++at;
    }
  }
  return out;
}

class Positions {
 public:
  Positions(const Library& library, Agraph_t* graph) : library_(library), graph_(graph) {
    const auto box = numbers(get(graph, "bb"));
    if (box.size() == 4) size_ = {box[2] - box[0], box[3] - box[1]};
    if (box.size() == 4) top_ = box[3], left_ = box[0];
  }

  Layout layout(const Picture& picture) {
    Layout out;
    out.size = size_;
    out.items.resize(picture.items.size());
    out.boxes.resize(picture.boxes.size());
    out.arrows.resize(picture.arrows.size());
    for (std::size_t i = 0; i < picture.items.size(); ++i) {
      auto* node = library_.node(graph_, name_of("n", i).data(), 0);
      if (const auto at = numbers(get(node, "pos")); at.size() == 2) out.items[i] = point(at[0], at[1]);
    }
    for (std::size_t i = 0; i < picture.boxes.size(); ++i) {
      auto* cluster = library_.subgraph(graph_, name_of("cluster_", i).data(), 0);
      const auto box = numbers(get(cluster, "bb"));
      if (box.size() != 4) continue;
      const auto low = point(box[0], box[1]), high = point(box[2], box[3]);
      out.boxes[i] = {low.x, high.y, high.x, low.y};
    }
    for (auto* node = library_.first_node(graph_); node != nullptr; node = library_.next_node(graph_, node)) {
      for (auto* edge = library_.first_edge(graph_, node); edge != nullptr; edge = library_.next_edge(graph_, edge)) {
        const auto index = numbers(library_.name(edge));  // its key: "e12"
        if (index.size() == 1 && index[0] < static_cast<double>(out.arrows.size())) {
          curve(out.arrows[static_cast<std::size_t>(index[0])], edge);
        }
      }
    }
    return out;
  }

 private:
  const char* get(void* object, const char* attribute) const {
    return object == nullptr ? nullptr : library_.get(object, std::string{attribute}.data());
  }
  static std::string name_of(std::string_view prefix, std::size_t index) {
    return std::string{prefix} + std::to_string(index);
  }
  Point point(double x, double y) const { return {x - left_, top_ - y}; }

  void curve(Layout::Curve& out, Agedge_t* edge) const {
    const char* text = get(edge, "pos");
    auto all = numbers(text);
    if (all.size() < 8 || all.size() % 2 != 0) return;
    const bool has_end = std::string_view{text}.starts_with("e,");
    for (std::size_t i = has_end ? 2 : 0; i + 1 < all.size(); i += 2) out.points.push_back(point(all[i], all[i + 1]));
    out.tip = has_end ? point(all[0], all[1]) : out.points.back();
    for (const auto* attribute : {"xlp", "lp"}) {
      if (const auto at = numbers(get(edge, attribute)); at.size() == 2) out.label = point(at[0], at[1]);
    }
  }

  const Library& library_;
  Agraph_t* graph_;
  Size size_;
  double top_ = 0, left_ = 0;
};

// Graphviz walks subgraphs and edges in the order of their ids, and the ids it makes itself are addresses: the picture
// would hang on the heap of the run. These ids count up.
class Ids {
 public:
  static Agiddisc_t discipline() { return {open, map, alloc, release, print, close, registered}; }

 private:
  static void* open(Agraph_t*, Agdisc_t*) { return new Ids; }
  static void close(void* state) { delete static_cast<Ids*>(state); }
  static long map(void* state, int, char* text, IDTYPE* id, int create) {
    auto& self = *static_cast<Ids*>(state);
    if (text == nullptr) {  // without a name: odd
      *id = self.unnamed_ += 2;
      return 1;
    }
    const auto known = self.ids_.find(text);
    if (known != self.ids_.end()) {
      *id = known->second;
    } else if (create != 0) {
      self.texts_.emplace_back(text);
      *id = self.ids_[text] = 2 * self.texts_.size();
    } else {
      *id = 0;  // nobody has it
    }
    return 1;
  }
  static long alloc(void*, int, IDTYPE) { return 0; }
  static void release(void*, int, IDTYPE) {}
  static char* print(void* state, int, IDTYPE id) {
    auto& self = *static_cast<Ids*>(state);
    return id % 2 == 0 && id > 0 && id / 2 <= self.texts_.size() ? self.texts_[id / 2 - 1].data() : nullptr;
  }
  static void registered(void*, int, void*) {}

  std::map<std::string, IDTYPE, std::less<>> ids_;
  std::deque<std::string> texts_;  // whose octets stay where they are
  IDTYPE unnamed_ = 1;
};

int read_text(void* rest, char* into, int size) {
  auto& text = *static_cast<std::string_view*>(rest);
  const auto count = std::min(text.size(), static_cast<std::size_t>(std::max(size, 0)));
  std::copy_n(text.begin(), count, into);
  text.remove_prefix(count);
  return static_cast<int>(count);
}

Agraph_t* read_graph(const Library& library, std::string_view text) {
  static auto ids = Ids::discipline();
  static Agiodisc_t io{read_text, [](void*, const char*) { return 0; }, [](void*) { return 0; }};
  static Agdisc_t disciplines{nullptr, &ids, &io};
  return library.read(&text, &disciplines);
}

std::expected<Layout, std::string> lay_out(const Library& library, const Picture& picture) {
  auto symbols = library;  // gvContextPlugins takes the list as not const
  auto* context = library.context(symbols.plugins, 0);
  if (context == nullptr) return std::unexpected("no picture: Graphviz does not start");
  std::expected<Layout, std::string> out = std::unexpected("no picture: Graphviz cannot lay it out");
  const auto text = dot(picture);
  if (auto* graph = read_graph(library, text); graph != nullptr) {
    if (library.layout(context, graph, "dot") == 0) {
      char* unused = nullptr;
      unsigned int length = 0;
      // Writing DOT puts the positions into the attributes, which is where they can be read without private headers.
      if (library.render(context, graph, "dot", &unused, &length) == 0) {
        out = Positions(library, graph).layout(picture);
        library.free_render(unused);
      }
      library.free_layout(context, graph);
    }
    library.close(graph);
  }
  library.free_context(context);
  return out;
}

}  // namespace
}  // namespace report
