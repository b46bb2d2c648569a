// What a target changes of the resources that are deployed to it.
using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Pipewright.Core.Factory;
using Pipewright.Core.Schema;
using Pipewright.Core.Text;

namespace Pipewright.Core.Emit;

/// <summary>An override uses a variable of the environment that there is not.</summary>
public sealed class OverrideException(string message) : Exception(message);

/// <summary>Applies the overrides of one target, and remembers which of them had something to change.</summary>
/// <param name="environment">Gives a variable's value, null for one that is not set; null where the environment must not be used.</param>
public sealed partial class TargetOverrides(DeploymentTarget target, Func<string, string?>? environment)
{
    private readonly HashSet<PropertyOverride> _done = [];
    private readonly HashSet<ResourceOverride> _matched = [];

    /// <summary>Changes the body of a resource's PUT request.</summary>
    /// <param name="json">As <see cref="Conversion.ToDeployment"/> gives it.</param>
    /// <returns>The same text where there is nothing to change.</returns>
    /// <exception cref="OverrideException">A variable of the environment is not set.</exception>
    public string Apply(ResourceKind kind, string name, string json)
    {
        var overrides = target.Overrides.Where(o => o.Applies(kind, name)).ToList();
        if (overrides.Count == 0 || JsonNode.Parse(json, null, new JsonDocumentOptions { MaxDepth = 1024 }) is not JsonObject body)
        {
            return json;
        }

        if (body["properties"] is not JsonObject)
        {
            body["properties"] = new JsonObject();
        }

        var type = SchemaCatalog.Default[kind].FindProperty("properties")?.Type;
        foreach (var change in overrides.SelectMany(o => o.Changes))
        {
            if (Change(kind, (JsonObject)body["properties"]!, type, change))
            {
                _done.Add(change);
            }
        }

        _matched.UnionWith(overrides);
        return body.ToJsonString();
    }

    /// <summary>Overrides that had nothing to change in all that was given to <see cref="Apply"/>, by their place in the configuration.</summary>
    public IEnumerable<Diagnostic> FindFutile()
    {
        foreach (var resources in target.Overrides)
        {
            if (!_matched.Contains(resources))
            {
                yield return FactoryConfiguration.FutileOverride.At(resources.Span, $"No {FileClassification.WordOf(resources.Kind)} of this factory is called '{resources.NamePattern}', so this override of '{target.Name}' changes nothing.");
                continue;
            }

            foreach (var change in resources.Changes.Where(c => !_done.Contains(c)))
            {
                yield return FactoryConfiguration.FutileOverride.At(change.Span, change.Action == OverrideAction.Add
                    ? $"'{change.Path}' leads nowhere in any {FileClassification.WordOf(resources.Kind)} called '{resources.NamePattern}': what should hold it is no object."
                    : $"No {FileClassification.WordOf(resources.Kind)} called '{resources.NamePattern}' has '{change.Path}'. {(change.Action == OverrideAction.Set ? "'add' gives a property a value that is not there yet." : "Take this line out.")}");
            }
        }
    }

    /// <summary>Overrides of a factory's targets that have nothing to change in its files.</summary>
    public static ImmutableArray<Diagnostic> Check(FactorySnapshot factory)
    {
        var found = ImmutableArray.CreateBuilder<Diagnostic>();
        foreach (var target in factory.Configuration.Targets.Where(t => !t.Overrides.IsEmpty))
        {
            var overrides = new TargetOverrides(target, _ => "");
            foreach (var kind in target.Overrides.Select(o => o.Kind).Distinct())
            {
                // A text with syntax errors has something, but nobody knows what.
                var documents = factory.OfKind(kind).Select(s => s.Document).Distinct().ToList();
                if (documents.Any(d => d.HasSyntaxErrors))
                {
                    overrides.Trust(kind);
                }

                foreach (var (name, json) in documents.SelectMany(Conversion.ToDeployment))
                {
                    overrides.Apply(kind, name, json);
                }
            }

            found.AddRange(overrides.FindFutile());
        }

        return found.ToImmutable();
    }

    private void Trust(ResourceKind kind)
    {
        foreach (var trusted in target.Overrides.Where(o => o.Kind == kind))
        {
            _matched.Add(trusted);
            _done.UnionWith(trusted.Changes);
        }
    }

    private bool Change(ResourceKind kind, JsonObject properties, SchemaType? type, PropertyOverride change)
    {
        // Whether a trigger fires is not of its definition, and no file has to say so.
        var isState = kind == ResourceKind.Trigger && change.Path.Steps is [{ Text: "runtimeState" }];
        var creates = change.Action == OverrideAction.Add || isState;
        var places = OverridePlaces.Find(properties, type, change.Path.Steps.AsSpan(), creates).ToList();
        foreach (var (holder, step) in places)
        {
            var value = change.Value is null ? null : JsonNode.Parse(Fill(change.Value));
            switch (holder)
            {
                case JsonObject members when change.Action == OverrideAction.Remove:
                    members.Remove(step.Text);
                    break;
                case JsonObject members:
                    members[step.Text] = value;
                    break;
                case JsonArray items when change.Action == OverrideAction.Remove:
                    items.RemoveAt(step.Index!.Value);
                    break;
                case JsonArray items when step.Index == items.Count:
                    items.Add(value);
                    break;
                case JsonArray items:
                    items[step.Index!.Value] = value;
                    break;
            }
        }

        return places.Count > 0;
    }

    /// <summary>Puts in the variables of the environment.</summary>
    private string Fill(string json) => Variable().Replace(json, match =>
    {
        var name = match.Groups["name"].Value;
        var value = environment is null
            ? throw new OverrideException($"An override of '{target.Name}' takes '{name}' from the environment. Only the command line does that: 'pipewright deploy'.")
            : environment(name) ?? throw new OverrideException($"An override of '{target.Name}' needs the variable '{name}' of the environment, which is not set.");
        return JsonEncodedText.Encode(value).ToString();
    });

    [GeneratedRegex(@"\$\{env:(?<name>[A-Za-z_][A-Za-z0-9_]*)\}")]
    private static partial Regex Variable();
}
