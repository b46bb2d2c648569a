// What a template holds, before it is written as ARM's JSON or as Bicep.
using System.Collections.Immutable;
using System.Text.Json;

namespace Pipewright.Deployment.Templates;

/// <summary>A value within a resource of a template.</summary>
internal abstract record TemplateNode;

internal sealed record TemplateObject(ImmutableArray<(string Name, TemplateNode Value)> Members) : TemplateNode;

internal sealed record TemplateArray(ImmutableArray<TemplateNode> Items) : TemplateNode;

/// <summary>A text, number, boolean or null, or the whole of a value in which nothing is a parameter's.</summary>
internal sealed record TemplateLiteral(JsonElement Value) : TemplateNode;

/// <summary>What a parameter of the template is given.</summary>
internal sealed record ParameterUse(TemplateParameter Parameter) : TemplateNode;

/// <summary>The name of a resource where another one refers to it.</summary>
/// <param name="Text">As it is written there; its case may differ from the resource's own.</param>
internal sealed record ReferenceName(ResourceId Target, string Text) : TemplateNode;

/// <summary>A parameter of a template.</summary>
/// <param name="Name">As Data Factory Studio names it. It may hold any character that the name of a resource may.</param>
/// <param name="Type">One of ARM's types: <c>string</c>, <c>secureString</c>, <c>int</c>, <c>bool</c>, <c>object</c>, <c>secureObject</c>, <c>array</c>.</param>
/// <param name="Default">Null where whoever deploys has to say; always so for a secret.</param>
/// <param name="Description">What the parameter is for; null where its name tells.</param>
internal sealed record TemplateParameter(string Name, string Type, JsonElement? Default, string? Description)
{
    public bool IsSecure => Type is "secureString" or "secureObject";
}

/// <summary>A resource of a template.</summary>
/// <param name="Id">What others call it.</param>
/// <param name="Body">What it is, beside its name and type: <c>properties</c>, of a factory also <c>location</c> and <c>identity</c>.</param>
/// <param name="References">The resources of this template that it refers to, in the order of its text.</param>
internal sealed record TemplateResource(ResourceId Id, TemplateObject Body, ImmutableArray<ResourceId> References)
{
    /// <summary>Whether it is the factory itself, and not what belongs to it.</summary>
    public bool IsFactory { get; init; }
}

/// <summary>A template: of a factory's content, or of the factory itself.</summary>
/// <param name="FactoryName">The default of the parameter <c>factoryName</c>; null for none.</param>
/// <param name="Parameters">Those beside <c>factoryName</c>: secrets first, as in Studio.</param>
/// <param name="Resources">By kind and name.</param>
internal sealed record FactoryTemplate(string? FactoryName, ImmutableArray<TemplateParameter> Parameters, ImmutableArray<TemplateResource> Resources);
