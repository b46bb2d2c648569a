// From a factory's resources to the files of a template.
using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using Pipewright.Core.Schema;

namespace Pipewright.Deployment.Templates;

/// <summary>What a template is made of.</summary>
/// <param name="Units">The content of the factory.</param>
/// <param name="FactoryName">The name that the template has as the default; null for none.</param>
public sealed record TemplateRequest(ImmutableArray<DeploymentUnit> Units, string? FactoryName)
{
    /// <summary>The JSON of the factory's own file: its place, identity and global parameters. Null where no file has it.</summary>
    public string? Factory { get; init; }

    public ParameterDefinitions Definitions { get; init; } = ParameterDefinitions.Default;
}

/// <summary>A file of an export.</summary>
/// <param name="Path">Relative to the folder that is written to, with <c>/</c>.</param>
public sealed record TemplateFile(string Path, string Text);

/// <summary>A factory as templates.</summary>
/// <param name="Files">The main one first, byte for byte the same for the same factory.</param>
/// <param name="Losses">What could not be kept, or what Azure would refuse, a sentence each.</param>
/// <param name="Notes">What there is to know when they are deployed, a sentence each.</param>
public sealed record TemplateFiles(ImmutableArray<TemplateFile> Files, ImmutableArray<string> Losses, ImmutableArray<string> Notes);

public static class TemplateExport
{
    /// <summary>The templates of Azure Resource Manager that Data Factory Studio makes when it publishes.</summary>
    public static TemplateFiles ToArm(TemplateRequest request)
    {
        var losses = ImmutableArray.CreateBuilder<string>();
        var content = MakeContent(request, losses.Add);
        var files = ImmutableArray.CreateBuilder<TemplateFile>();
        files.Add(new TemplateFile("ARMTemplateForFactory.json", ArmTemplateText.Write(content)));
        files.Add(new TemplateFile("ARMTemplateParametersForFactory.json", ArmTemplateText.WriteParameters(content)));
        if (MakeFactory(request, losses.Add) is { } factory)
        {
            var name = request.FactoryName is null ? "" : request.FactoryName + "_";
            files.Add(new TemplateFile($"factory/{name}ARMTemplateForFactory.json", ArmTemplateText.Write(factory)));
            files.Add(new TemplateFile($"factory/{name}ARMTemplateParametersForFactory.json", ArmTemplateText.WriteParameters(factory)));
        }

        var linked = LinkedTemplates.Write(content, files[0].Text, losses.Add).ToList();
        files.AddRange(linked);
        var notes = FindNotes(request).Concat(linked.Take(1).Select(_ => "ARMTemplateForFactory.json is larger than Azure takes: deploy linkedTemplates/ArmTemplate_master.json in its place."));
        return new TemplateFiles(files.ToImmutable(), losses.ToImmutable(), [.. notes]);
    }

    /// <summary>The same as Bicep: a module for the factory's content, one for the factory itself, and their parameters.</summary>
    public static TemplateFiles ToBicep(TemplateRequest request)
    {
        var losses = ImmutableArray.CreateBuilder<string>();
        var content = MakeContent(request, losses.Add);
        LinkedTemplates.CheckParameters(content, losses.Add);
        var files = ImmutableArray.CreateBuilder<TemplateFile>();
        AddBicep(files, "main", content);
        if (MakeFactory(request, losses.Add) is { } factory)
        {
            AddBicep(files, "factory", factory);
        }

        return new TemplateFiles(files.ToImmutable(), losses.ToImmutable(), [.. FindNotes(request)]);
    }

    private static void AddBicep(ImmutableArray<TemplateFile>.Builder files, string name, FactoryTemplate template)
    {
        var text = new BicepText(template);
        files.Add(new TemplateFile(name + ".bicep", text.WriteModule()));
        files.Add(new TemplateFile(name + ".bicepparam", text.WriteParameters($"./{name}.bicep")));
    }

    private static FactoryTemplate MakeContent(TemplateRequest request, Action<string> report)
    {
        var parameterization = new Parameterization(request.Definitions, new ParameterNames("factoryName", LinkedTemplates.ContainerUri, LinkedTemplates.ContainerSasToken), report);
        var units = request.Units.Where(u => u.Id.Kind != ResourceKind.Factory)
            .OrderBy(u => TemplateKinds.Place(u.Id.Kind)).ThenBy(u => TemplateKinds.PathOf(u.Id), StringComparer.Ordinal).ToList();
        var known = units.Select(u => u.Id).ToHashSet();
        var resources = ImmutableArray.CreateBuilder<TemplateResource>();
        foreach (var unit in units)
        {
            if (TryApply(parameterization, unit.Id.Kind, $"{TemplateKinds.Factory}/{TemplateKinds.TypeOf(unit.Id.Kind)}", unit.Id.Name, unit.Content) is { } body)
            {
                resources.Add(new TemplateResource(unit.Id, body, [.. unit.References.Where(r => r != unit.Id && known.Contains(r))]));
            }
            else
            {
                report($"{unit.Path} is left out: it has half of a character, which no template can hold.");
            }
        }

        if (FindGlobalParameters(request) is { } parameters)
        {
            resources.Add(new TemplateResource(
                TemplateKinds.GlobalParametersId,
                parameterization.Apply(ResourceKind.Factory, $"{TemplateKinds.Factory}/{TemplateKinds.TypeOf(ResourceKind.Factory)}", TemplateKinds.GlobalParameters, parameters), []));
        }

        return new FactoryTemplate(request.FactoryName, parameterization.Parameters, resources.ToImmutable());
    }

    private static IEnumerable<string> FindNotes(TemplateRequest request) =>
        from trigger in request.Units
        where trigger.IsStarted is not null
        select $"Whether the trigger '{trigger.Id.Name}' runs is no part of a template: {(trigger.IsStarted == true ? "start" : "stop")} it after the deployment.";

    /// <summary>Null for a body with half of a surrogate pair, which JSON can hold by an escape, but no text of UTF-8.</summary>
    private static TemplateObject? TryApply(Parameterization parameterization, ResourceKind kind, string section, string name, JsonElement body)
    {
        try
        {
            return parameterization.Apply(kind, section, name, body);
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    private static JsonElement? FindGlobalParameters(TemplateRequest request)
    {
        var content = request.Units.FirstOrDefault(u => u.Id.Kind == ResourceKind.Factory)?.Content;
        return content is { } body && body.TryGetProperty("properties", out var properties) && properties.TryGetProperty("globalParameters", out var parameters)
            && parameters.ValueKind == JsonValueKind.Object && parameters.EnumerateObject().Any()
            ? JsonElement.Parse(new JsonObject { ["properties"] = JsonObject.Create(parameters) }.ToJsonString()) : null;
    }

    private static FactoryTemplate? MakeFactory(TemplateRequest request, Action<string> report)
    {
        if (request.Factory is null || JsonNode.Parse(request.Factory) is not JsonObject body)
        {
            return null;
        }

        // The factory that is deployed to is not the one that people develop in, which alone is connected to Git (Microsoft's documentation of continuous integration).
        var properties = body["properties"] as JsonObject ?? [];
        properties.Remove("repoConfiguration");
        var content = new JsonObject { ["properties"] = properties.DeepClone() };
        foreach (var name in (string[])["location", "identity", "tags"])
        {
            if (body[name] is { } value)
            {
                content[name] = value.DeepClone();
            }
        }

        // The service gives an identity these ids.
        (content["identity"] as JsonObject)?.Remove("principalId");
        (content["identity"] as JsonObject)?.Remove("tenantId");
        var parameterization = new Parameterization(request.Definitions, new ParameterNames("factoryName"), report);
        var made = parameterization.Apply(ResourceKind.Factory, TemplateKinds.Factory, "dataFactory", JsonElement.Parse(content.ToJsonString()));
        if (!content.ContainsKey("location"))
        {
            // No factory is without a place.
            made = new TemplateObject(made.Members.Add(("location", parameterization.AddRequired("dataFactory_location", "The region of the factory"))));
        }

        return new FactoryTemplate(request.FactoryName, parameterization.Parameters, [new TemplateResource(new ResourceId(ResourceKind.Factory, ""), made, []) { IsFactory = true }]);
    }
}
