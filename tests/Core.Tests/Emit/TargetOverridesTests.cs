using System.Text.Json.Nodes;
using Pipewright.Core.Emit;
using Pipewright.Core.Factory;
using Pipewright.Core.Text;
using Xunit;

namespace Pipewright.Core.Tests.Emit;

/// <summary>What a target makes of the resources that are deployed to it.</summary>
public sealed class TargetOverridesTests
{
    private const string Lake = "type: AzureBlobFS\nurl: https://dev.dfs.core.windows.net/\n";
    private const string Load = "parameters: { env: { type: string, defaultValue: dev } }\nactivities:\n  - { name: Wait a bit, type: Wait, waitTimeInSeconds: 1 }\n  - { name: Ask, type: Lookup, dataset: D, policy: { retry: 1 } }\n";
    private const string Nightly = "type: ScheduleTrigger\nrecurrence: { frequency: Day, interval: 1 }\n";

    [Theory]
    [InlineData("linkedService: Lake", "set: { typeProperties.url: https://prod }", "typeProperties.url", "https://prod")]
    [InlineData("linkedService: Lake", "set: { url: https://prod }", "typeProperties.url", "https://prod")]
    [InlineData("linkedService: l*", "set: { URL: https://prod }", "typeProperties.url", "https://prod")]
    [InlineData("linkedService: '*'", "add: { tenant: t }", "typeProperties.tenant", "t")]
    [InlineData("linkedService: '*'", "add: { description: d }", "description", "d")]
    [InlineData("linkedService: '*'", "add: { connectVia: { referenceName: R, type: IntegrationRuntimeReference } }", "connectVia.referenceName", "R")]
    [InlineData("linkedService: '*'", "add: { annotations: [a, b] }", "annotations.1", "b")]
    [InlineData("linkedService: '*'", "remove: [typeProperties.url]", "typeProperties.url", null)]
    [InlineData("linkedService: '*'", "remove: url", "typeProperties.url", null)]
    [InlineData("pipeline: load", "set: { 'activities[Ask].policy.retry': 5 }", "activities.1.policy.retry", "5")]
    [InlineData("pipeline: load", "set: { 'activities[Wait a bit].waitTimeInSeconds': 9 }", "activities.0.typeProperties.waitTimeInSeconds", "9")]
    [InlineData("pipeline: load", "set: { 'activities[0].waitTimeInSeconds': 9 }", "activities.0.typeProperties.waitTimeInSeconds", "9")]
    [InlineData("pipeline: load", "add: { 'activities[*].description': d }", "activities.1.description", "d")]
    [InlineData("pipeline: load", "set: { parameters.env.defaultValue: prod }", "parameters.env.defaultValue", "prod")]
    [InlineData("pipeline: load", "set: { 'parameters[env].defaultValue': prod }", "parameters.env.defaultValue", "prod")]
    [InlineData("pipeline: load", "set: { parameters.env.defaultValue: true }", "parameters.env.defaultValue", "true")]
    [InlineData("pipeline: load", "remove: ['activities[0]']", "activities.0.name", "Ask")]
    [InlineData("pipeline: load", "set: { parameters.env.defaultValue: 'x-${env:STAGE}' }", "parameters.env.defaultValue", "x-\"quoted\"")]
    [InlineData("trigger: Nightly", "set: { runtimeState: Started }", "runtimeState", "Started")]
    public void A_property_is_changed_added_or_removed_by_its_path(string resource, string change, string path, string? expected)
    {
        var factory = FactoryWith($"- {{ {resource}, {change} }}");
        var overrides = new TargetOverrides(factory.Configuration.Targets[0], name => name == "STAGE" ? "\"quoted\"" : null);
        var kind = FileClassification.GitFolders[resource[..resource.IndexOf(':', StringComparison.Ordinal)]];
        var document = factory.Documents.Values.Single(d => d.Classification.Kind == kind);
        var (name, json) = Assert.Single(Conversion.ToDeployment(document));
        var changed = JsonNode.Parse(overrides.Apply(kind, name, json))!["properties"];
        Assert.Equal(expected, path.Split('.').Aggregate(changed, (node, step) => node is JsonArray list ? list[int.Parse(step, null)] : node?[step])?.ToString());
        Assert.Empty(overrides.FindFutile());
        Assert.Empty(TargetOverrides.Check(factory));
    }

    [Theory]
    [InlineData("- { linkedService: [|Lak|], set: { url: x } }", "No linkedService of this factory is called 'Lak'")]
    [InlineData("- { linkedService: Lake, set: { [|uri|]: x } }", "'add' gives a property")]
    [InlineData("- { linkedService: '*', set: { [|typeProperties.uri|]: x } }", "No linkedService called '*' has 'typeProperties.uri'")]
    [InlineData("- { linkedService: Lake, remove: [url, [|description|]] }", "Take this line out")]
    [InlineData("- { pipeline: load, set: { '[|activities[Gone].policy.retry|]': 1 } }", "has 'activities[Gone].policy.retry'")]
    [InlineData("- { pipeline: load, add: { [|parameters.env.type.x|]: 1 } }", "leads nowhere")]
    public void One_that_changes_nothing_is_found(string marked, string message)
    {
        var factory = FactoryWith(marked.Replace("[|", "", StringComparison.Ordinal).Replace("|]", "", StringComparison.Ordinal));
        var found = Assert.Single(TargetOverrides.Check(factory));
        Assert.Equal("PW9009", found.Code);
        Assert.Contains(message, found.Message, StringComparison.Ordinal);
        var inner = marked[(marked.IndexOf("[|", StringComparison.Ordinal) + 2)..marked.IndexOf("|]", StringComparison.Ordinal)];
        Assert.Equal(inner, factory.Configuration.File!.Syntax.Text.ToString(found.Span).Trim('\''));
    }

    [Theory]
    [InlineData("- [|linkedSrvice|]: Lake", "Did you mean 'linkedService'?")]
    [InlineData("[|Lake|]", "Overrides are a list")]
    [InlineData("- [|Lake|]", "An override names resources")]
    [InlineData("- [|set: { url: x }|]", "says which resources")]
    [InlineData("- [|linkedService:|]", "name of the linkedService is missing")]
    [InlineData("- { linkedService: a, [|dataset|]: b }", "one kind of resource")]
    [InlineData("- { linkedService: a, set: { [|a..b|]: 1 } }", "is no path")]
    [InlineData("- { linkedService: a, [|set|]: [a] }", "holds paths and values")]
    [InlineData("- { linkedService: a, [|remove|]: { a: 1 } }", "is a list of paths")]
    public void One_that_is_no_override_is_found(string marked, string message)
    {
        var configuration = FactoryWith(marked.Replace("[|", "", StringComparison.Ordinal).Replace("|]", "", StringComparison.Ordinal)).Configuration;
        var found = configuration.Diagnostics.First(d => d.Message.Contains(message, StringComparison.Ordinal));
        Assert.Equal("PW9008", found.Code);
        var inner = marked[(marked.IndexOf("[|", StringComparison.Ordinal) + 2)..marked.IndexOf("|]", StringComparison.Ordinal)];
        Assert.Equal(inner, configuration.File!.Syntax.Text.ToString(found.Span));
    }

    [Theory]
    [InlineData(true, "needs the variable 'NONE'")]
    [InlineData(false, "Only the command line does that")]
    public void A_variable_that_is_not_set_is_said(bool hasEnvironment, string message)
    {
        var factory = FactoryWith("- { linkedService: Lake, set: { url: '${env:NONE}' } }");
        var overrides = new TargetOverrides(factory.Configuration.Targets[0], hasEnvironment ? _ => null : null);
        var (name, json) = Assert.Single(Conversion.ToDeployment(factory.Documents["Lake.linkedService.yaml"]));
        Assert.Contains(message, Assert.Throws<OverrideException>(() => overrides.Apply(Pipewright.Core.Schema.ResourceKind.LinkedService, name, json)).Message, StringComparison.Ordinal);
    }

    private static FactorySnapshot FactoryWith(string overrides) => TestText.Factory(["Lake.linkedService.yaml", Lake, "load.pipeline.yaml", Load, "Nightly.trigger.yaml", Nightly])
        .With(FactoryConfiguration.Parse(new SourceText($"targets:\n  prod:\n    subscription: s\n    resourceGroup: r\n    factory: f\n    overrides:\n      {overrides}\n")));
}
