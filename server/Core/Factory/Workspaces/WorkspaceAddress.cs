// Which Databricks workspace a linked service leads to.
using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Pipewright.Core.Binding;
using Pipewright.Core.Expressions;
using Pipewright.Core.Expressions.Evaluation;
using Pipewright.Core.Schema;
using Pipewright.Core.Syntax;

namespace Pipewright.Core.Factory;

/// <summary>
/// Reads addresses off linked services: written out, put together of parameters that are given literally or have defaults, or set by the target's overrides. What only a run
/// knows has none.
/// </summary>
public static class WorkspaceAddress
{
    private const string Domain = "domain";

    /// <summary>The address of a text: scheme and host in lower case, nothing after them. Null for what is none.</summary>
    public static string? Parse(string text) =>
        Uri.TryCreate(text.Contains("://", StringComparison.Ordinal) ? text : "https://" + text, UriKind.Absolute, out var uri) && uri is { Scheme: "https" or "http", Host.Length: > 0, UserInfo: "" }
            ? uri.GetLeftPart(UriPartial.Authority).ToLowerInvariant()
            : null;

    /// <summary>The workspaces that the factory's files lead to, each with the linked services by which they do, in the order of their addresses.</summary>
    public static ImmutableArray<(string Domain, ImmutableArray<string> LinkedServices)> FindAll(FactorySnapshot factory)
    {
        var services = factory.OfKind(ResourceKind.LinkedService).Where(s => IsDatabricks(s.Resource)).Select(s => (Domain: Of(factory, s.Resource, null), s.Name));
        var activities = factory.OfKind(ResourceKind.Pipeline).SelectMany(p => ActivityScope.FindAll(p.Resource)).SelectMany(s => s.Activities)
            .Select(a => (Domain: Of(factory, a.Node), FindLinkedService(factory, a.Node)?.Name));
        return [.. services.Concat(activities!).Where(s => s.Domain is not null).GroupBy(s => s.Domain!, StringComparer.Ordinal).OrderBy(g => g.Key, StringComparer.Ordinal)
            .Select(g => (g.Key, g.Select(s => s.Name).Distinct(StringComparer.OrdinalIgnoreCase).Order(StringComparer.OrdinalIgnoreCase).ToImmutableArray()))];
    }

    /// <summary>The workspace that an activity runs in; null where it names no linked service to Databricks, or that tells none.</summary>
    /// <param name="activity">The activity itself.</param>
    public static string? Of(FactorySnapshot factory, BoundObject activity) => FindLinkedService(factory, activity) is { } service
        ? Of(factory, service, (activity.FindValue("linkedServiceName") as BoundObject)?.FindValue("parameters") as BoundObject)
        : null;

    /// <summary>The linked service to Databricks that an activity names; null for none.</summary>
    internal static BoundResource? FindLinkedService(FactorySnapshot factory, BoundObject activity) =>
        (activity.FindValue("linkedServiceName") as BoundObject)?.FindString("referenceName") is { } name
        && factory.FindAnywhere(ResourceKind.LinkedService, name) is [{ Resource: var service }, ..] && IsDatabricks(service) ? service : null;

    internal static bool IsDatabricks(BoundResource service) => service.Kind == ResourceKind.LinkedService
        && service.Properties?.FindString("type")?.ToUpperInvariant() is "AZUREDATABRICKS" or "AZUREDATABRICKSDELTALAKE";

    /// <summary>The workspace of a linked service; null where it can't be told.</summary>
    /// <param name="arguments">What its parameters are given; null for nothing, so that their defaults count.</param>
    internal static string? Of(FactorySnapshot factory, BoundResource service, BoundObject? arguments)
    {
        var overrides = OverridesOf(factory, service);
        if (Last(overrides, ["domain"]) is { } change)
        {
            return TextOf(change) is { } set ? Parse(set) : null;
        }

        return Settings(service)?.FindValue(Domain) is { } value && TextOf(value) is { } text && Evaluate(factory, service, arguments, overrides, text) is { } address ? Parse(address) : null;
    }

    internal static BoundObject? Settings(BoundResource service) => service.Properties?.FindValue("typeProperties") as BoundObject;

    private static string? Evaluate(FactorySnapshot factory, BoundResource service, BoundObject? arguments, List<PropertyOverride> overrides, string text)
    {
        if (!text.Contains('@', StringComparison.Ordinal))
        {
            return text;
        }

        var parameters = ImmutableDictionary.CreateBuilder<string, ExpressionValue>(StringComparer.OrdinalIgnoreCase);
        foreach (var parameter in Declared.Parameters(service))
        {
            var given = arguments?.FindValue(parameter.Name);
            var value = given is not null ? EvaluateArgument(factory, given)
                : Last(overrides, ["parameters", parameter.Name, "defaultValue"]) is { } change ? TextOf(change)
                : parameter.Default is { } standard ? TextOf(standard) : null;
            if (value is not null)
            {
                parameters[parameter.Name] = new StringValue(value);
            }
        }

        return Evaluate(text, new EvaluationContext { LinkedService = parameters.ToImmutable() });
    }

    /// <summary>An argument may name a global parameter, which has one value as long as one factory's settings are here and no target has another.</summary>
    private static string? EvaluateArgument(FactorySnapshot factory, BoundNode given)
    {
        if (TextOf(given) is not { } text || !text.Contains('@', StringComparison.Ordinal))
        {
            return TextOf(given);
        }

        var isOverridden = Configured(factory)?.Overrides.Any(o => o.Kind == ResourceKind.Factory) == true;
        var values = !isOverridden && factory.OfKind(ResourceKind.Factory).ToList() is [var settings]
            ? Declared.In(settings.Resource.Properties, "globalParameters").Where(p => p.Default is BoundScalar { Kind: ScalarKind.String })
                .DistinctBy(p => p.Name, StringComparer.OrdinalIgnoreCase)
                .ToImmutableDictionary(p => p.Name, p => (ExpressionValue)new StringValue(((BoundScalar)p.Default!).Text), StringComparer.OrdinalIgnoreCase)
            : EvaluationContext.Empty;
        return Evaluate(text, new EvaluationContext { GlobalParameters = values });
    }

    private static string? Evaluate(string text, EvaluationContext context) => Evaluator.Evaluate(Template.Parse(text), context).Value is StringValue { Value: var value } ? value : null;

    private static string? TextOf(BoundNode node) => node switch
    {
        BoundScalar { Kind: not ScalarKind.Null, Text.Length: > 0 } scalar => scalar.Text,
        BoundObject value when DynamicContent.FindExpression(value) is { } expression => expression.Text,
        _ => null,
    };

    /// <summary>The text that an override sets; null for another value, and for one that takes something from the environment.</summary>
    private static string? TextOf(PropertyOverride change) => change.Action != OverrideAction.Remove && change.Value is { } json && !json.Contains("${env:", StringComparison.Ordinal)
        && JsonNode.Parse(json) is JsonValue value && value.TryGetValue<string>(out var text) && !text.StartsWith('@') ? text : null;

    private static DeploymentTarget? Configured(FactorySnapshot factory) => factory.WorkspaceTarget is { } target ? factory.Configuration.FindTarget(target) : null;

    private static List<PropertyOverride> OverridesOf(FactorySnapshot factory, BoundResource service) =>
        [.. (Configured(factory)?.Overrides ?? []).Where(o => o.Applies(service.Kind, service.Name)).SelectMany(o => o.Changes)];

    /// <summary>The last override of a property; <c>typeProperties</c> may be left out.</summary>
    private static PropertyOverride? Last(List<PropertyOverride> changes, ReadOnlySpan<string> path)
    {
        PropertyOverride? last = null;
        foreach (var change in changes)
        {
            var steps = change.Path.Steps is [{ Text: "typeProperties" }, .. var rest] ? rest : change.Path.Steps;
            var isSame = steps.Length == path.Length;
            for (var i = 0; isSame && i < steps.Length; i++)
            {
                isSame = steps[i].Text.Equals(path[i], StringComparison.OrdinalIgnoreCase);
            }

            last = isSame ? change : last;
        }

        return last;
    }
}
