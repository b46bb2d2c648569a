// What a hover says of a name: what it stands for, what is known of that, and where it is used.
using System.Collections.Immutable;
using System.Text;
using Pipewright.Core.Binding;
using Pipewright.Core.Factory;
using Pipewright.Core.Schema;

namespace Pipewright.Core.Features;

internal static class SymbolHover
{
    /// <summary>A hover looks for uses in as many files; of a parameter that more files may pass something to, only their number is told.</summary>
    private const int MostFiles = 50;

    /// <summary>More names are only counted.</summary>
    private const int MostNames = 8;

    /// <summary>A longer default is not shown.</summary>
    private const int LongestDefault = 120;

    public static HoverResult? Find(FactorySnapshot factory, ResourceDocument document, int offset, LiveView? live) =>
        SymbolUses.FindAt(factory, document, offset) is { } use && Describe(factory, document, use.Symbol, live) is { } text ? new HoverResult(use.Span, text) : null;

    /// <summary>What goes with a hover about a name in an expression: where else it is used, or what its activity waits for.</summary>
    public static HoverResult Complete(HoverResult hover, FactorySnapshot factory, ResourceDocument document, int offset)
    {
        if (SymbolUses.FindAt(factory, document, offset) is not { Symbol: var symbol })
        {
            return hover;
        }

        var text = new StringBuilder(hover.Markdown);
        if (symbol.Kind == SymbolKind.Activity && FindActivity(document, symbol) is var (graph, activity))
        {
            AppendOrder(text, graph, activity);
        }
        else if (symbol.Kind is SymbolKind.Parameter or SymbolKind.Variable or SymbolKind.GlobalParameter)
        {
            AppendUses(text, factory, document, symbol);
        }

        return hover with { Markdown = text.ToString() };
    }

    /// <summary>A resource: its kind, type, description, parameters and file, and how many files refer to it.</summary>
    public static string DescribeResource(FactorySnapshot factory, ResourceKind kind, string name, LiveView? live = null)
    {
        if (factory.FindAnywhere(kind, name) is not [var symbol, ..])
        {
            return $"**{name}** · {TypeNames.Describe(kind)}\n\nNo file here declares it.{(LiveHover.Describe(factory, kind, name, null, live) is { } missing ? $"\n\n{missing}" : "")}";
        }

        var text = new StringBuilder().Append("**").Append(symbol.Name).Append("** · ").Append(Summarise(symbol));
        Hover.AppendParagraph(text, symbol.Resource.Properties?.FindString("description"));
        Hover.AppendParagraph(text, string.Join(", ", Declared.Parameters(symbol.Resource).Select(p => $"`{p.Name}: {p.TypeText ?? "any"}`")) is { Length: > 0 } parameters ? "Parameters: " + parameters : null);
        Hover.AppendParagraph(text, symbol.Resource.Properties?.Shape is { Discriminator: not null } shape ? Hover.LinkPage(shape) : null);
        var referring = factory.ReferencesTo(kind, name).Length;
        var file = symbol.Document.IsLive ? "No file here declares it" : $"`{symbol.Document.Path}`";
        Hover.AppendParagraph(text, $"{file} · {(referring == 1 ? "1 file refers to it" : $"{referring} files refer to it")}");
        Hover.AppendParagraph(text, LiveHover.Describe(factory, kind, name, symbol.Document.IsLive ? null : symbol, live));
        return text.ToString();
    }

    private static string? Describe(FactorySnapshot factory, ResourceDocument document, Symbol symbol, LiveView? live) => symbol.Kind switch
    {
        SymbolKind.Resource => DescribeResource(factory, symbol.OwnerKind, symbol.Name, live),
        SymbolKind.Activity => FindActivity(document, symbol) is var (graph, activity) ? DescribeActivity(graph, activity) : null,
        SymbolKind.Stream => DescribeStream(factory, document, symbol),
        _ => DescribeDeclared(factory, document, symbol),
    };

    private static string Summarise(ResourceSymbol symbol)
    {
        var kind = TypeNames.Describe(symbol.Kind);
        if (symbol.Kind == ResourceKind.Pipeline)
        {
            var count = ActivityScope.FindAll(symbol.Resource).Sum(s => s.Activities.Length);
            return $"{kind} of {count} {(count == 1 ? "activity" : "activities")}";
        }

        return symbol.Resource.Properties?.FindString("type") is { } type ? $"{type} {kind}" : kind;
    }

    private static (ActivityGraph Graph, ActivityNode Activity)? FindActivity(ResourceDocument document, Symbol symbol)
    {
        foreach (var pipeline in document.Resources.Where(r => r.Kind == ResourceKind.Pipeline && symbol.Owner.Equals(r.Name, StringComparison.OrdinalIgnoreCase)))
        {
            var graph = new ActivityGraph(pipeline);
            if (graph.Find(symbol.Name, symbol.Which) is { } activity)
            {
                return (graph, activity);
            }
        }

        return null;
    }

    private static string DescribeActivity(ActivityGraph graph, ActivityNode activity)
    {
        var text = new StringBuilder("**").Append(activity.Name).Append("** · ").Append(activity.Activity.Type).Append(" activity");
        text.Append(activity.IsInactive ? " · inactive" : "");
        Hover.AppendParagraph(text, activity.Activity.Node.FindString("description"));
        AppendOrder(text, graph, activity);
        Hover.AppendParagraph(text, activity.Activity.Node.Shape is { Discriminator: not null } shape ? Hover.LinkPage(shape) : null);
        return text.ToString();
    }

    /// <summary>What an activity is in, waits for, and is waited for by.</summary>
    private static void AppendOrder(StringBuilder text, ActivityGraph graph, ActivityNode activity)
    {
        Hover.AppendParagraph(text, activity.Container is { Name.Length: > 0 } container ? $"Inside of `{container.Name}`" : null);
        Hover.AppendParagraph(text, List("Runs after", activity.Activity.Dependencies.Select(d => $"`{d.Activity.Text}`{DescribeConditions(d.Conditions)}")));
        Hover.AppendParagraph(text, List("Runs before", graph.FindWaiting(activity).Select(a => $"`{a.Name}`")));
    }

    private static string DescribeConditions(BoundNode? conditions)
    {
        var names = (conditions as BoundArray)?.Items.OfType<BoundScalar>().Select(s => s.Text).ToList() ?? [];
        return names is [] or [SpecForm.DefaultCondition] ? "" : $" ({string.Join(", ", names)})";
    }

    private static string? DescribeStream(FactorySnapshot factory, ResourceDocument document, Symbol symbol)
    {
        var text = new StringBuilder($"**{symbol.Name}** · stream of the data flow '{symbol.Owner}'");
        var stream = factory.Find(ResourceKind.DataFlow, symbol.Owner).SelectMany(f => DataFlowScript.FindStreams(f.Resource))
            .FirstOrDefault(s => symbol.Name.Equals(s.FindString("name"), StringComparison.OrdinalIgnoreCase));
        Hover.AppendParagraph(text, stream?.FindString("description"));
        AppendUses(text, factory, document, symbol);
        return text.ToString();
    }

    private static string DescribeDeclared(FactorySnapshot factory, ResourceDocument document, Symbol symbol)
    {
        var declared = FindDeclared(factory, document, symbol);
        var text = new StringBuilder("**").Append(declared?.Name ?? symbol.Name).Append("**");
        text.Append(declared?.TypeText is { } type ? $" `{type}`" : "").Append(" · ").Append(symbol.Kind switch
        {
            SymbolKind.Parameter => $"parameter of the {TypeNames.Describe(symbol.OwnerKind)} '{symbol.Owner}'",
            SymbolKind.GlobalParameter => "global parameter",
            _ => "variable",
        });
        text.Append(symbol.Kind == SymbolKind.Parameter && declared?.IsRequired == true ? " · required" : "");
        if (declared is { IsSecret: false, Default: BoundScalar { Text: { Length: > 0 and <= LongestDefault } value } } && !value.AsSpan().ContainsAny('`', '\n'))
        {
            Hover.AppendParagraph(text, symbol.Kind switch
            {
                SymbolKind.Parameter => $"Default: `{value}`",
                SymbolKind.GlobalParameter => $"Value: `{value}`",
                _ => $"Starts as `{value}`.",
            });
        }

        if (declared is null && SymbolUses.FindDeclarations(factory, symbol).IsEmpty)
        {
            Hover.AppendParagraph(text, "No file here declares it.");
            return text.ToString();
        }

        AppendUses(text, factory, document, symbol);
        return text.ToString();
    }

    private static DeclaredName? FindDeclared(FactorySnapshot factory, ResourceDocument document, Symbol symbol)
    {
        var declared = symbol.Kind switch
        {
            SymbolKind.GlobalParameter => factory.OfKind(ResourceKind.Factory).SelectMany(f => Declared.In(f.Resource.Properties, "globalParameters")),
            SymbolKind.Variable => document.Resources.Where(r => symbol.Owner.Equals(r.Name, StringComparison.OrdinalIgnoreCase)).SelectMany(r => Declared.Variables(r)),
            _ => factory.Find(symbol.OwnerKind, symbol.Owner).SelectMany(s => Declared.Parameters(s.Resource)),
        };
        return declared.FirstOrDefault(d => d.Name.Equals(symbol.Name, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>How often something is read and given a value, and where: by which activities, and in which other files.</summary>
    private static void AppendUses(StringBuilder text, FactorySnapshot factory, ResourceDocument document, Symbol symbol)
    {
        // All pipelines could read a global parameter; a hover does not go through them.
        var documents = symbol.Kind == SymbolKind.GlobalParameter ? [document] : SymbolUses.FindDocuments(factory, symbol).DistinctBy(d => d.Path).ToList();
        var isWide = documents.Count > MostFiles;
        var searched = isWide ? documents.Where(d => d == document) : documents;
        var uses = searched.OrderBy(d => d.Path, StringComparer.Ordinal)
            .SelectMany(d => SymbolUses.FindIn(factory, symbol, d).Where(u => !u.IsDeclaration).Select(u => (u.IsWrite, Where: Locate(d, u, document)))).ToList();
        var reads = uses.Where(u => !u.IsWrite).Select(u => u.Where).ToList();
        var writes = uses.Where(u => u.IsWrite).Select(u => u.Where).ToList();
        var given = symbol.Kind == SymbolKind.Variable ? "Set" : "Passed";
        Hover.AppendParagraph(text, List($"Used {Times(reads.Count)}", reads));
        Hover.AppendParagraph(text, List($"{given} {Times(writes.Count)}", writes));
        Hover.AppendParagraph(text, isWide ? $"Up to {documents.Count} files may name it." : uses.Count == 0 && symbol.Kind != SymbolKind.GlobalParameter ? "Not used." : null);
    }

    private static string Locate(ResourceDocument document, SymbolUse use, ResourceDocument here)
    {
        var inside = document.Names.Where(n => n.Kind == SymbolKind.Activity && n.Span.Contains(use.Span)).MinBy(n => n.Span.Length)?.Name;
        var place = inside is null ? $"line {document.Text.GetLine(use.Span.Start) + 1}" : $"`{inside}`";
        return document == here ? place : $"{place} of `{document.Path}`";
    }

    private static string Times(int count) => count switch
    {
        1 => "once",
        2 => "twice",
        _ => $"{count} times",
    };

    private static string? List(string title, IEnumerable<string> names)
    {
        var distinct = names.Distinct().ToImmutableArray();
        var rest = distinct.Length - MostNames;
        return distinct.IsEmpty ? null : $"{title}: {string.Join(", ", distinct.Take(MostNames))}{(rest > 0 ? $" and {rest} more" : "")}";
    }
}
