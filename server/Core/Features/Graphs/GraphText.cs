// Graphs as text that other tools draw: Mermaid, which GitHub and wikis show, and the DOT language of Graphviz.
using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Pipewright.Core.Factory;

namespace Pipewright.Core.Features.Graphs;

/// <summary>A language that graphs are written in.</summary>
public enum GraphLanguage
{
    Mermaid,
    Dot,
}

/// <summary>One that is drawn: an activity or a resource, with what it holds.</summary>
/// <param name="Title">Its name, as one line.</param>
/// <param name="Detail">What stands below its name; empty for nothing.</param>
/// <param name="Style">The class that it is drawn as; empty for the usual one.</param>
/// <param name="Branches">What it holds, by the labels of its branches.</param>
internal sealed record DrawnNode(string Id, string Title, string Detail, string Style, ImmutableArray<(string Label, ImmutableArray<DrawnNode> Nodes)> Branches)
{
    public static ImmutableArray<DrawnNode> Of(PipelineGraph graph)
    {
        var byBranch = graph.Nodes.ToLookup(n => n.Branch);
        var branches = graph.Branches.ToLookup(b => b.Node);
        ImmutableArray<DrawnNode> In(string? branch) => [.. byBranch[branch].Select(n => new DrawnNode(
            n.Id, n.Name.Length > 0 ? n.Name : "(no name)", n.Type ?? "", n.Errors > 0 ? "broken" : n.IsInactive ? "inactive" : "", [.. branches[n.Id].Select(b => (b.Label, In(b.Id)))]))];
        return In(null);
    }

    public static ImmutableArray<DrawnNode> Of(FactoryGraph graph) =>
        [.. graph.Nodes.Select(n => new DrawnNode(n.Id, n.Name, n.Type ?? FileClassification.WordOf(n.Kind), n.Path is null ? "broken" : FileClassification.WordOf(n.Kind), []))];
}

/// <param name="Label">What stands at it; empty for nothing.</param>
/// <param name="Style">The outcome that it waits for, or empty.</param>
internal sealed record DrawnEdge(string From, string To, string Label, string Style)
{
    private const string Usual = "Succeeded";

    public static ImmutableArray<DrawnEdge> Of(PipelineGraph graph) => [.. graph.Edges.Select(e => new DrawnEdge(
        e.From, e.To, e.Conditions is [Usual] ? "" : string.Join(" or ", e.Conditions), e.Conditions is [var only] ? only : ""))];

    public static ImmutableArray<DrawnEdge> Of(FactoryGraph graph) => [.. graph.Edges.Select(e => new DrawnEdge(e.From, e.To, "", ""))];
}

internal static class GraphText
{
    /// <summary>By the outcome: a colour, and a kind of line that can be told without colours.</summary>
    private static readonly ImmutableDictionary<string, (string Colour, string Line)> Styles = ImmutableDictionary.CreateRange(StringComparer.OrdinalIgnoreCase,
    [
        KeyValuePair.Create("Succeeded", ("#2e7d32", "solid")),
        KeyValuePair.Create("Failed", ("#c62828", "dashed")),
        KeyValuePair.Create("Completed", ("#1565c0", "bold")),
        KeyValuePair.Create("Skipped", ("#757575", "dotted")),
    ]);

    public static string Write(GraphLanguage language, ImmutableArray<DrawnNode> nodes, ImmutableArray<DrawnEdge> edges)
    {
        var numbers = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var node in nodes.SelectMany(WithInner))
        {
            numbers[node.Id] = numbers.Count + 1;
        }

        return language == GraphLanguage.Mermaid ? WriteMermaid(nodes, edges, numbers) : WriteDot(nodes, edges, numbers);
    }

    private static IEnumerable<DrawnNode> WithInner(DrawnNode node) => node.Branches.SelectMany(b => b.Nodes).SelectMany(WithInner).Prepend(node);

    private static string WriteMermaid(ImmutableArray<DrawnNode> nodes, ImmutableArray<DrawnEdge> edges, Dictionary<string, int> numbers)
    {
        var text = new StringBuilder("flowchart LR\n");
        foreach (var node in nodes)
        {
            WriteMermaid(text, node, numbers, "  ");
        }

        foreach (var edge in edges)
        {
            var isBroken = edge.Style.Equals("Failed", StringComparison.OrdinalIgnoreCase) || edge.Style.Equals("Skipped", StringComparison.OrdinalIgnoreCase);
            var arrow = isBroken ? "-.->" : edge.Style.Equals("Completed", StringComparison.OrdinalIgnoreCase) ? "==>" : "-->";
            var label = edge.Label.Length == 0 ? "" : $"|\"{ForMermaid(edge.Label)}\"|";
            text.Append(CultureInfo.InvariantCulture, $"  n{numbers[edge.From]} {arrow}{label} n{numbers[edge.To]}\n");
        }

        foreach (var (index, edge) in edges.Index().Where(e => Styles.ContainsKey(e.Item.Style)))
        {
            text.Append(CultureInfo.InvariantCulture, $"  linkStyle {index} stroke:{Styles[edge.Style].Colour}\n");
        }

        foreach (var style in nodes.SelectMany(WithInner).Where(n => n.Style is "inactive" or "broken").GroupBy(n => n.Style).OrderBy(g => g.Key, StringComparer.Ordinal))
        {
            text.Append(CultureInfo.InvariantCulture, $"  classDef {style.Key} {(style.Key == "inactive" ? "opacity:0.5,stroke-dasharray:4 3" : "stroke:#c62828,stroke-width:2px")}\n");
            text.Append(CultureInfo.InvariantCulture, $"  class {string.Join(',', style.Select(n => $"n{numbers[n.Id]}"))} {style.Key}\n");
        }

        return text.ToString();
    }

    private static void WriteMermaid(StringBuilder text, DrawnNode node, Dictionary<string, int> numbers, string indent)
    {
        var number = numbers[node.Id];
        if (node.Branches.IsEmpty)
        {
            var detail = node.Detail.Length == 0 ? "" : $"<br/><small>{ForMermaid(node.Detail)}</small>";
            text.Append(CultureInfo.InvariantCulture, $"{indent}n{number}[\"{ForMermaid(node.Title)}{detail}\"]\n");
            return;
        }

        text.Append(CultureInfo.InvariantCulture, $"{indent}subgraph n{number}[\"{ForMermaid(node.Title)} ({ForMermaid(node.Detail)})\"]\n{indent}  direction LR\n");
        foreach (var (index, (label, inner)) in node.Branches.Index())
        {
            var isBox = label.Length > 0;
            if (isBox)
            {
                text.Append(CultureInfo.InvariantCulture, $"{indent}  subgraph n{number}b{index}[\"{ForMermaid(label)}\"]\n{indent}    direction LR\n");
            }

            foreach (var child in inner)
            {
                WriteMermaid(text, child, numbers, isBox ? indent + "    " : indent + "  ");
            }

            // A box that holds nothing is drawn as a node without a text of its own.
            if (inner.IsEmpty)
            {
                text.Append(CultureInfo.InvariantCulture, $"{indent}    n{number}e{index}[\"empty\"]\n");
            }

            if (isBox)
            {
                text.Append(CultureInfo.InvariantCulture, $"{indent}  end\n");
            }
        }

        text.Append(CultureInfo.InvariantCulture, $"{indent}end\n");
    }

    /// <summary>
    /// A text within quotes of Mermaid. It knows no escapes but entities of its own with <c>#</c>; backticks would begin Markdown, and angle brackets HTML.
    /// </summary>
    private static string ForMermaid(string text)
    {
        var result = new StringBuilder();
        foreach (var c in text)
        {
            if (c is '"' or '#' or '&' or '<' or '>' or '`' or '\\' or '*' or '_' or ';' or '[' or ']' or '{' or '}' or '|')
            {
                result.Append(CultureInfo.InvariantCulture, $"#{(int)c};");
            }
            else
            {
                result.Append(char.IsControl(c) ? ' ' : c);
            }
        }

        return result.ToString();
    }

    private static string WriteDot(ImmutableArray<DrawnNode> nodes, ImmutableArray<DrawnEdge> edges, Dictionary<string, int> numbers)
    {
        var text = new StringBuilder("digraph {\n  rankdir=LR; compound=true;\n  node [shape=box, style=rounded, fontname=\"sans-serif\"];\n  edge [fontname=\"sans-serif\"];\n");
        foreach (var node in nodes)
        {
            WriteDot(text, node, numbers, "  ");
        }

        var containers = nodes.SelectMany(WithInner).Where(n => !n.Branches.IsEmpty).Select(n => n.Id).ToHashSet();
        foreach (var edge in edges)
        {
            // An edge ends at a node; that it belongs to the box around it, it says itself.
            string[] attributes =
            [
                .. containers.Contains(edge.From) ? [$"ltail=cluster{numbers[edge.From]}"] : Array.Empty<string>(),
                .. containers.Contains(edge.To) ? [$"lhead=cluster{numbers[edge.To]}"] : Array.Empty<string>(),
                .. edge.Label.Length > 0 ? [$"label={ForDot(edge.Label)}"] : Array.Empty<string>(),
                .. Styles.TryGetValue(edge.Style, out var style) ? [$"color=\"{style.Colour}\"", $"style={style.Line}"] : Array.Empty<string>(),
            ];
            text.Append(CultureInfo.InvariantCulture, $"  n{numbers[edge.From]} -> n{numbers[edge.To]}{(attributes.Length == 0 ? "" : $" [{string.Join(", ", attributes)}]")};\n");
        }

        return text.Append("}\n").ToString();
    }

    private static void WriteDot(StringBuilder text, DrawnNode node, Dictionary<string, int> numbers, string indent)
    {
        var number = numbers[node.Id];
        var look = node.Style switch { "inactive" => ", style=\"rounded,dashed\", fontcolor=gray", "broken" => ", color=\"#c62828\", penwidth=2", _ => "" };
        if (node.Branches.IsEmpty)
        {
            text.Append(CultureInfo.InvariantCulture, $"{indent}n{number} [label={ForDot(node.Detail.Length == 0 ? node.Title : $"{node.Title}\n{node.Detail}")}{look}];\n");
            return;
        }

        text.Append(CultureInfo.InvariantCulture, $"{indent}subgraph cluster{number} {{\n{indent}  label={ForDot($"{node.Title} ({node.Detail})")};\n{indent}  n{number} [shape=point, style=invis];\n");
        foreach (var (index, (label, inner)) in node.Branches.Index())
        {
            text.Append(CultureInfo.InvariantCulture, $"{indent}  subgraph cluster{number}b{index} {{\n{indent}    label={ForDot(label)};\n");
            foreach (var child in inner)
            {
                WriteDot(text, child, numbers, indent + "    ");
            }

            text.Append(CultureInfo.InvariantCulture, $"{indent}  }}\n");
        }

        text.Append(CultureInfo.InvariantCulture, $"{indent}}}\n");
    }

    private static string ForDot(string text)
    {
        var result = new StringBuilder("\"");
        foreach (var c in text)
        {
            result.Append(c switch { '"' => "\\\"", '\\' => "\\\\", '\n' => "\\n", _ when char.IsControl(c) => " ", _ => c.ToString() });
        }

        return result.Append('"').ToString();
    }
}
