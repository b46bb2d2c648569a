// From a snippet to the template of either form: of the spec form what is written in it, of the Git form what binding makes of that.
using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Pipewright.Core.Binding;
using Pipewright.Core.Schema;
using Pipewright.Core.Syntax;

namespace Pipewright.Core.Features.Completion.Flows;

/// <summary>Makes templates of one snippet.</summary>
/// <param name="fill">What goes in at a stop, by its name.</param>
internal sealed partial class FlowTemplates(Flow flow, Func<FlowStop, Template> fill)
{
    private readonly Dictionary<string, Template> _filled = [];

    /// <summary>The whole file.</summary>
    /// <param name="name">Of the resource, which its file gives.</param>
    public MapTemplate OfResource(string name, bool isSpec) => isSpec ? Map(flow.Body) : (MapTemplate)Of(Bind(name).Content!);

    /// <summary>The activities of a pipeline by themselves; none of a file of another kind.</summary>
    public ImmutableArray<Template> OfActivities(bool isSpec) => isSpec
        ? flow.Body.Entries.FirstOrDefault(e => e.Key.Value == "activities")?.Value is SequenceSyntax list ? [.. list.Items.Select(Of)] : []
        : Bind("").Properties?.FindValue("activities") is BoundArray activities ? [.. activities.Items.Select(Of)] : [];

    private BoundResource Bind(string name) => Binder.Bind(SchemaCatalog.Default, flow.Kind, flow.Body, isSpec: true, name);

    private Template Of(SyntaxNode node) => node switch
    {
        MappingSyntax mapping => Map(mapping),
        SequenceSyntax sequence => new ListTemplate([.. sequence.Items.Select(Of)]) { IsInline = sequence.IsFlow },
        ScalarSyntax scalar => Text(scalar.Value, scalar.Kind == ScalarKind.String),
        _ => throw new ArgumentException("A snippet holds mappings, lists and scalars.", nameof(node)),
    };

    private MapTemplate Map(MappingSyntax mapping) => new([.. mapping.Entries.Select(e => Entry(e.Key.Value, Of(e.Value!)))]) { IsInline = mapping.IsFlow };

    private Template Of(BoundNode node) => node switch
    {
        BoundObject value => new MapTemplate([.. value.Properties.Select(p => Entry(p.Name, Of(p.Value)))]),
        BoundArray array => new ListTemplate([.. array.Items.Select(Of)]) { IsInline = array.Items.All(i => i is BoundScalar) },
        BoundScalar scalar => Text(scalar.Text, scalar.Kind == ScalarKind.String),
        _ => throw new ArgumentException("A value is an object, an array or a scalar.", nameof(node)),
    };

    private TemplateEntry Entry(string key, Template value) => Text(key, isString: true) switch
    {
        TextTemplate => new TemplateEntry(key, value),
        var name => new TemplateEntry(key, value) { Name = name },
    };

    private Template Text(string text, bool isString)
    {
        var parts = ImmutableArray.CreateBuilder<Template>();
        var end = 0;
        foreach (Match match in Stop().Matches(text))
        {
            if (!flow.Stops.TryGetValue(match.Groups[1].Value, out var stop))
            {
                continue;
            }

            if (match.Index > end)
            {
                parts.Add(new TextTemplate(text[end..match.Index]));
            }

            parts.Add(Fill(stop));
            end = match.Index + match.Length;
        }

        if (end < text.Length && end > 0)
        {
            parts.Add(new TextTemplate(text[end..]));
        }

        return parts.Count switch { 0 => new TextTemplate(text, isString), 1 => parts[0], _ => new PhraseTemplate(parts.ToImmutable()) };
    }

    private Template Fill(FlowStop stop)
    {
        if (!_filled.TryGetValue(stop.Name, out var template))
        {
            _filled[stop.Name] = template = fill(stop);
        }

        return template;
    }

    [GeneratedRegex("<([a-z]+)>", RegexOptions.CultureInvariant)]
    private static partial Regex Stop();
}
