// Where in the files an activity is written, and what of it an error is about: the service names things, and no lines.
using System.Text.RegularExpressions;
using Pipewright.Core.Binding;
using Pipewright.Core.Factory;
using Pipewright.Core.Schema;
using Pipewright.Core.Text;

namespace Pipewright.Deployment.Running;

/// <summary>A place in a file.</summary>
/// <param name="Activity">The activity's name in it.</param>
/// <param name="Fault">What an error is about; null where it is about the activity as a whole, or there is none.</param>
public sealed record RunPlace(ResourceDocument Document, TextSpan Activity, TextSpan? Fault)
{
    public string Path => Document.Path;

    /// <summary>The line of the fault, or else of the activity, from 1.</summary>
    public int Line => Document.Text.GetPosition((Fault ?? Activity).Start).Line + 1;
}

/// <param name="scratch">The names that pipelines have in the files, by those that they run under; null where these are the same.</param>
public sealed partial class RunPlaces(FactorySnapshot factory, IReadOnlyDictionary<string, string>? scratch = null)
{
    private readonly Dictionary<ResourceSymbol, ActivityGraph> _graphs = [];

    /// <summary>The name that a pipeline has in the files.</summary>
    public string NameOf(string pipeline) => scratch?.GetValueOrDefault(pipeline) ?? pipeline;

    /// <summary>Null where no file has the activity.</summary>
    public RunPlace? Find(string pipeline, string activity, ActivityRunError? error)
    {
        if (factory.Find(ResourceKind.Pipeline, NameOf(pipeline)) is not [var symbol, ..])
        {
            return null;
        }

        if (!_graphs.TryGetValue(symbol, out var graph))
        {
            graph = _graphs[symbol] = new ActivityGraph(symbol.Resource);
        }

        return graph.Find(activity) is { } node
            ? new RunPlace(symbol.Document, node.Activity.Name?.Span ?? node.Activity.Node.Span, error?.Message is { } message ? FindFault(graph, node, message) : null)
            : null;
    }

    /// <summary>
    /// The property or the expression that a message names. It is one of the activity's own, not of an activity in it; the activity's name in a message
    /// says nothing.
    /// </summary>
    private static TextSpan? FindFault(ActivityGraph graph, ActivityNode activity, string message)
    {
        var nodes = activity.Activity.Node.DescendantsAndSelf().Where(n => !n.IsImplied && graph.FindEnclosing(n) == activity).ToList();
        var names = Quoted().Matches(message).Select(m => m.Groups["name"].Value).Where(n => n.Length > 1 && !n.Equals(activity.Name, StringComparison.OrdinalIgnoreCase)).ToList();
        var scalars = nodes.OfType<BoundScalar>().Where(s => s.Parent is not BoundProperty { Name: "name" or "type" }).ToList();
        foreach (var name in names)
        {
            if (scalars.Find(s => s.Text.Equals(name, StringComparison.OrdinalIgnoreCase) || s.Text.Equals("@" + name, StringComparison.OrdinalIgnoreCase)) is { } whole)
            {
                return whole.Span;
            }

            if (nodes.OfType<BoundProperty>().FirstOrDefault(p => p.Name.Equals(name, StringComparison.OrdinalIgnoreCase) && p.Name is not ("name" or "type")) is { } property)
            {
                return property.Span;
            }
        }

        // A message about an expression names a part of it.
        return names.Select(n => scalars.Find(s => s.Text.Contains('@', StringComparison.Ordinal) && HasWord(s.Text, n))?.Span).FirstOrDefault(s => s is not null);
    }

    private static bool HasWord(string text, string word)
    {
        for (var at = text.IndexOf(word, StringComparison.OrdinalIgnoreCase); at >= 0; at = text.IndexOf(word, at + 1, StringComparison.OrdinalIgnoreCase))
        {
            var end = at + word.Length;
            if ((at == 0 || !char.IsLetterOrDigit(text[at - 1])) && (end == text.Length || !char.IsLetterOrDigit(text[end])))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>What stands in quotes in an error's message, also within another quotation.</summary>
    [GeneratedRegex("""['"](?=(?<name>[^\s'"](?:[^'"]{0,258}[^\s'"])?)['"])""")]
    private static partial Regex Quoted();
}
