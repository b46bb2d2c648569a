// Which notebooks a deployment brings along, and into which workspace.
using System.Collections.Immutable;
using System.Text.Json;
using System.Text.RegularExpressions;
using Pipewright.Core.Factory;
using Pipewright.Core.Notebooks;
using Pipewright.Core.Schema;

namespace Pipewright.Deployment.Notebooks;

/// <summary>A notebook to import.</summary>
/// <param name="File">The file that it comes from, relative to the factory root; empty for what was there before.</param>
public sealed record NotebookUnit(NotebookPlace Place, NotebookContent Content, string File);

/// <summary>What is made of the text of a linked service's <c>domain</c>.</summary>
/// <param name="Address">The workspace's scheme and host; null for no workspace that notebooks may go to.</param>
/// <param name="Problem">Why not, as a sentence; null where it is one.</param>
public sealed record ResolvedWorkspace(string? Address, string? Problem);

/// <summary>The notebooks that pipelines call.</summary>
/// <param name="Warnings">Of those that are not imported, a sentence each.</param>
public sealed partial record NotebookScope(ImmutableArray<NotebookUnit> Units, ImmutableArray<string> Warnings)
{
    /// <summary>The notebooks that are called by the pipelines among some units and whose files are in folders that the configuration names, with all that these include by <c>%run</c>.</summary>
    /// <param name="units">As they are deployed, so that what the target overrides counts.</param>
    /// <param name="findWorkspace">Tells which workspace the <c>domain</c> of a linked service is.</param>
    public static NotebookScope Collect(FactorySnapshot factory, ImmutableArray<DeploymentUnit> units, Func<string, ResolvedWorkspace> findWorkspace) =>
        new Collector(factory, units, findWorkspace).Collect();

    private sealed partial class Collector(FactorySnapshot factory, ImmutableArray<DeploymentUnit> units, Func<string, ResolvedWorkspace> findWorkspace)
    {
        private readonly SortedDictionary<string, NotebookUnit> _found = new(StringComparer.Ordinal);
        private readonly List<string> _warnings = [];

        public NotebookScope Collect()
        {
            foreach (var pipeline in units.Where(u => u.Id.Kind == ResourceKind.Pipeline))
            {
                foreach (var activity in FindActivities(pipeline.Content))
                {
                    Add(pipeline.Id.Name, activity);
                }
            }

            return new NotebookScope([.. _found.Values], [.. _warnings.Distinct()]);
        }

        private void Add(string pipeline, JsonElement activity)
        {
            var name = $"'{TextOf(activity, "name")}' of pipeline '{pipeline}'";
            if (Member(activity, "typeProperties") is not { } properties || Member(properties, "notebookPath") is not { } written)
            {
                return;
            }

            if (LiteralOf(written) is not { } path)
            {
                _warnings.Add($"{name} computes its notebookPath, so its notebook is not imported. Import it another way, or write the path out.");
                return;
            }

            if (factory.Notebooks.Find(path) is not { } file || !IsOurs(file, path))
            {
                return;
            }

            if (FindPlace(activity, out var problem) is not var (address, resource))
            {
                _warnings.Add($"{name} calls {path}, which is not imported: {problem}");
                return;
            }

            foreach (var included in file.Notebook.IsNotebook ? NotebookContract.Of(factory, file).All : [file])
            {
                AddFile(included, address, resource);
            }
        }

        /// <summary>A folder that nobody named may be another one, or belong to somebody else.</summary>
        private bool IsOurs(NotebookFile file, string path)
        {
            if (factory.Notebooks.FolderOf(path) is not { IsGuessed: true })
            {
                return true;
            }

            _warnings.Add($"{path} is not imported: that it is {file.Path} is only a guess. Name its folder by 'notebooks' in {FactoryConfiguration.FileName}.");
            return false;
        }

        private void AddFile(NotebookFile file, string address, string? resource)
        {
            if (!file.Notebook.IsNotebook || NotebookText.WordOf(file.Notebook.Language) is not { } language)
            {
                _warnings.Add($"{file.Path} is not imported: it is no notebook, or too large for one. A notebook of source begins with the line 'Databricks notebook source' as a comment.");
                return;
            }

            var place = new NotebookPlace(address, NotebookIndex.Normalise(file.WorkspacePath)) { ResourceId = resource };
            _found.TryAdd($"{address} {place.Path}", new NotebookUnit(
                place, new NotebookContent(file.Notebook.Text.ToString(), language, file.Path.EndsWith(".ipynb", StringComparison.OrdinalIgnoreCase)), file.Path));
        }

        /// <summary>The workspace of the linked service that an activity names.</summary>
        private (string Address, string? Resource)? FindPlace(JsonElement activity, out string? problem)
        {
            var reference = Member(activity, "linkedServiceName");
            var name = reference is { } given ? TextOf(given, "referenceName") : null;
            if (name is null || units.FirstOrDefault(u => u.Id == new ResourceId(ResourceKind.LinkedService, name)) is not { } unit)
            {
                problem = name is null ? "the activity names no linked service." : $"the linked service '{name}' is in none of the files, so its workspace is not known.";
                return null;
            }

            var properties = Member(unit.Content, "properties");
            var types = properties is { } all ? Member(all, "typeProperties") : null;
            if (types is not { } service || Member(service, "domain") is not { } domain || ValueOf(domain, properties!.Value, reference!.Value) is not { } text)
            {
                problem = $"the 'domain' of the linked service '{name}' is missing or computed, so its workspace is not known. Write it out, or override 'typeProperties.domain' for this target.";
                return null;
            }

            (var address, problem) = findWorkspace(text);
            return address is null ? null : (address, Member(service, "workspaceResourceId") is { } id ? ValueOf(id, properties.Value, reference.Value) : null);
        }

        /// <summary>A literal, or the literal that the activity or the default gives to a parameter of the linked service; null for anything else.</summary>
        private static string? ValueOf(JsonElement value, JsonElement properties, JsonElement reference)
        {
            if (LiteralOf(value) is { } literal)
            {
                return literal;
            }

            if (ParameterOfService().Match(ExpressionOf(value) ?? "") is not { Success: true } match)
            {
                return null;
            }

            var parameter = match.Groups["name"].Value;
            return Member(reference, "parameters") is { } given && MemberIgnoringCase(given, parameter) is { } passed ? LiteralOf(passed)
                : Member(properties, "parameters") is { } declared && MemberIgnoringCase(declared, parameter) is { } one && Member(one, "defaultValue") is { } byDefault ? LiteralOf(byDefault)
                : null;
        }

        /// <summary>A text that is no expression; <c>@@</c> at its start stands for one <c>@</c>.</summary>
        private static string? LiteralOf(JsonElement value) => ExpressionOf(value) switch
        {
            null => null,
            ['@', '@', .. var rest] => "@" + rest,
            ['@', ..] => null,
            var text => text.Contains("@{", StringComparison.Ordinal) ? null : text,
        };

        private static string? ExpressionOf(JsonElement value) => value.ValueKind == JsonValueKind.String ? value.GetString() : TextOf(value, "value");

        /// <summary>The calls of notebooks, however deep they stand in containers.</summary>
        private static IEnumerable<JsonElement> FindActivities(JsonElement element) => element.ValueKind switch
        {
            JsonValueKind.Object => ("DatabricksNotebook".Equals(TextOf(element, "type"), StringComparison.OrdinalIgnoreCase) ? [element] : Enumerable.Empty<JsonElement>())
                .Concat(element.EnumerateObject().SelectMany(m => FindActivities(m.Value))),
            JsonValueKind.Array => element.EnumerateArray().SelectMany(FindActivities),
            _ => [],
        };

        private static JsonElement? Member(JsonElement element, string name) => element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) ? value : null;

        private static JsonElement? MemberIgnoringCase(JsonElement element, string name) => element.ValueKind != JsonValueKind.Object ? null
            : element.EnumerateObject().Where(m => m.Name.Equals(name, StringComparison.OrdinalIgnoreCase)).Select(m => (JsonElement?)m.Value).FirstOrDefault();

        private static string? TextOf(JsonElement element, string name) => Member(element, name) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;

        [GeneratedRegex(@"^@\{?\s*linkedService\(\)\.(?<name>\w+)\s*\}?$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
        private static partial Regex ParameterOfService();
    }
}
