#include "tools/output/graph_text.h"

#include "models/text/number.h"
#include "models/text/utf8.h"
#include "tools/output/journey_graph.h"

#include <array>

namespace sojourn::tools {
namespace {

/// Every node's name in the output: the start is told apart from a touchpoint of that id, and keywords of the formats
/// ("end", "node", "graph") cannot occur.
std::string name_of(const GraphNode& node) { return (node.kind == GraphNode::Kind::start ? "start_" : "n_") + node.id; }

std::string label_of(const GraphNode& node) { return (node.moment_of_truth ? "\u2605 " : "") + node.label; }

/// Calls `open(stage)`, `put(node)` and `close()` so that nodes stand in their stage, stages in the order met.
template <class Open, class Put, class Close>
void by_stage(const JourneyGraph& graph, Open open, Put put, Close close) {
  for (const GraphNode& node : graph.nodes) {
    if (node.stage.empty()) put(node);
  }
  for (std::size_t s = 0; s < graph.stages.size(); ++s) {
    open(s, graph.stages[s]);
    for (const GraphNode& node : graph.nodes) {
      if (node.stage == graph.stages[s]) put(node);
    }
    close();
  }
}

/// A double-quoted string of the DOT language.
std::string dot_string(std::string_view text) {
  std::string quoted = "\"";
  for (const char c : models::printable(text)) {
    if (c == '"' || c == '\\') quoted += '\\';
    quoted += c;
  }
  return quoted + "\"";
}

std::string dot_style(const GraphNode& node) {
  switch (node.kind) {
    case GraphNode::Kind::start: return "shape=circle, style=filled, fillcolor=\"#d6d7d4\"";
    case GraphNode::Kind::outcome:
      return std::string("shape=box, style=\"filled\", fillcolor=") + (node.success ? "\"#98cdc5\"" : "\"#f0b983\"");
    case GraphNode::Kind::touchpoint: break;
  }
  return node.moment_of_truth ? "shape=box, style=\"rounded,bold\"" : "shape=box, style=rounded";
}

/// Characters that mean something in XML. What XML 1.0 cannot hold has been made printable.
std::string xml(std::string_view text) {
  std::string escaped;
  for (const char c : models::printable(text)) {
    switch (c) {
      case '&': escaped += "&amp;"; break;
      case '<': escaped += "&lt;"; break;
      case '>': escaped += "&gt;"; break;
      case '"': escaped += "&quot;"; break;
      case '\'': escaped += "&apos;"; break;
      default: escaped += c;
    }
  }
  return escaped;
}

/// A quoted text of Mermaid: entity codes for what would end it or be taken for markup.
std::string mermaid_string(std::string_view text) {
  std::string quoted = "\"";
  for (const char c : models::printable(text)) {
    if (std::string_view("\"#<>&`\\").find(c) == std::string_view::npos) {
      quoted += c;
    } else {
      quoted += "#" + std::to_string(static_cast<int>(c)) + ";";
    }
  }
  return quoted + "\"";
}

/// A name that Mermaid does not take for an arrow, unique by its number.
std::string mermaid_name(const JourneyGraph& graph, std::size_t number) {
  std::string name = graph.nodes[number].id;
  for (char& c : name) {
    if (c == '-') c = '_';
  }
  return "n" + std::to_string(number) + "_" + name;
}

std::string mermaid_node(const GraphNode& node, const std::string& name) {
  const std::string text = mermaid_string(label_of(node));
  switch (node.kind) {
    case GraphNode::Kind::start: return name + "((" + text + "))";
    case GraphNode::Kind::outcome: return name + "([" + text + "])";
    case GraphNode::Kind::touchpoint: break;
  }
  return name + (node.moment_of_truth ? "[[" + text + "]]" : "[" + text + "]");
}

std::string_view word(GraphNode::Kind kind) {
  switch (kind) {
    case GraphNode::Kind::start: return "start";
    case GraphNode::Kind::touchpoint: return "touchpoint";
    case GraphNode::Kind::outcome: return "outcome";
  }
  return "";
}

std::string data(std::string_view key, std::string_view value) {
  return "      <data key=\"" + std::string(key) + "\">" + xml(value) + "</data>\n";
}

}  // namespace

std::string dot(const models::Journey& journey) {
  const JourneyGraph graph = graph_of(journey);
  std::string text = "digraph journey {\n  label=" + dot_string(graph.title) +
                     ";\n  labelloc=t;\n  rankdir=LR;\n  node [fontname=\"sans-serif\", fontsize=11];\n"
                     "  edge [fontname=\"sans-serif\", fontsize=9];\n";
  std::string indent = "  ";
  by_stage(
      graph,
      [&](std::size_t number, const std::string& stage) {
        text += "  subgraph cluster_" + std::to_string(number) + " {\n    label=" + dot_string(stage) +
                ";\n    color=\"#c8c9c4\";\n";
        indent = "    ";
      },
      [&](const GraphNode& node) {
        text += indent + dot_string(name_of(node)) + " [label=" + dot_string(label_of(node)) + ", " + dot_style(node) +
                "];\n";
      },
      [&] {
        text += "  }\n";
        indent = "  ";
      });
  for (const GraphLink& link : graph.links) {
    text += "  " + dot_string(name_of(graph.nodes[link.from])) + " -> " + dot_string(name_of(graph.nodes[link.to]));
    text += " [label=" + dot_string(link.label) + (link.given_up ? ", style=dashed" : "") + "];\n";
  }
  return text + "}\n";
}

std::string graphml(const models::Journey& journey) {
  const JourneyGraph graph = graph_of(journey);
  constexpr std::array<std::array<std::string_view, 3>, 8> keys = {{{"label", "node", "string"},
                                                                    {"kind", "node", "string"},
                                                                    {"stage", "node", "string"},
                                                                    {"moment_of_truth", "node", "boolean"},
                                                                    {"success", "node", "boolean"},
                                                                    {"edge_label", "edge", "string"},
                                                                    {"probability", "edge", "double"},
                                                                    {"given_up", "edge", "boolean"}}};
  std::string text =
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\">\n";
  for (const auto& [name, of, type] : keys) {
    text += "  <key id=\"" + std::string(name) + "\" for=\"" + std::string(of) + "\" attr.name=\"" +
            std::string(name == "edge_label" ? "label" : name) + "\" attr.type=\"" + std::string(type) + "\"/>\n";
  }
  text += "  <graph id=\"" + xml(graph.title) + "\" edgedefault=\"directed\">\n";
  for (const GraphNode& node : graph.nodes) {
    text +=
        "    <node id=\"" + xml(name_of(node)) + "\">\n" + data("label", node.label) + data("kind", word(node.kind));
    if (!node.stage.empty()) text += data("stage", node.stage);
    if (node.moment_of_truth) text += data("moment_of_truth", "true");
    if (node.success) text += data("success", "true");
    text += "    </node>\n";
  }
  for (std::size_t i = 0; i < graph.links.size(); ++i) {
    const GraphLink& link = graph.links[i];
    text += "    <edge id=\"e" + std::to_string(i) + "\" source=\"" + xml(name_of(graph.nodes[link.from])) +
            "\" target=\"" + xml(name_of(graph.nodes[link.to])) + "\">\n";
    if (!link.label.empty()) text += data("edge_label", link.label);
    if (link.probability >= 0) text += data("probability", models::shortest(link.probability));
    if (link.given_up) text += data("given_up", "true");
    text += "    </edge>\n";
  }
  return text + "  </graph>\n</graphml>\n";
}

std::string mermaid(const models::Journey& journey) {
  const JourneyGraph graph = graph_of(journey);
  std::string text = "flowchart LR\n";
  std::string indent = "  ";
  by_stage(
      graph,
      [&](std::size_t number, const std::string& stage) {
        text += "  subgraph stage_" + std::to_string(number) + " [" + mermaid_string(stage) + "]\n";
        indent = "    ";
      },
      [&](const GraphNode& node) {
        text += indent + mermaid_node(node, mermaid_name(graph, static_cast<std::size_t>(&node - graph.nodes.data()))) +
                "\n";
      },
      [&] {
        text += "  end\n";
        indent = "  ";
      });
  for (const GraphLink& link : graph.links) {
    text += "  " + mermaid_name(graph, link.from) + (link.given_up ? " -.->" : " -->");
    if (!link.label.empty()) text += "|" + mermaid_string(link.label) + "|";
    text += " " + mermaid_name(graph, link.to) + "\n";
  }
  return text;
}

}  // namespace sojourn::tools
