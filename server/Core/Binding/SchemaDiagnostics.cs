using System.Collections.Immutable;
using Pipewright.Core.Text;

namespace Pipewright.Core.Binding;

/// <summary>The findings about the schema, PW2xxx.</summary>
public static class SchemaDiagnostics
{
    public static DiagnosticDescriptor UnknownProperty { get; } = new("PW2001", DiagnosticSeverity.Warning, "Unknown property");

    public static DiagnosticDescriptor WrongType { get; } = new("PW2002", DiagnosticSeverity.Error, "Wrong type of value");

    public static DiagnosticDescriptor MissingProperty { get; } = new("PW2003", DiagnosticSeverity.Error, "Required property is missing");

    public static DiagnosticDescriptor ValueNotAllowed { get; } = new("PW2004", DiagnosticSeverity.Error, "Value is not allowed");

    /// <summary>The service may know more values than its published model.</summary>
    public static DiagnosticDescriptor UnknownValue { get; } = new("PW2005", DiagnosticSeverity.Warning, "Unknown value");

    public static DiagnosticDescriptor UnknownType { get; } = new("PW2006", DiagnosticSeverity.Warning, "Unknown type");

    public static DiagnosticDescriptor DuplicateProperty { get; } = new("PW2007", DiagnosticSeverity.Warning, "Property is written twice");

    public static DiagnosticDescriptor WrongLevel { get; } = new("PW2008", DiagnosticSeverity.Error, "Property of an inner level at the outer one");

    public static DiagnosticDescriptor OutOfRange { get; } = new("PW2009", DiagnosticSeverity.Error, "Value is out of range");

    public static DiagnosticDescriptor NotAResource { get; } = new("PW2011", DiagnosticSeverity.Error, "Not a resource");

    public static DiagnosticDescriptor NotInJson { get; } = new("PW2012", DiagnosticSeverity.Error, "Number that JSON does not have");

    public static DiagnosticDescriptor NamelessDocument { get; } = new("PW2013", DiagnosticSeverity.Error, "Resource without a name");

    public static DiagnosticDescriptor UnlikelyType { get; } = new("PW2014", DiagnosticSeverity.Warning, "Unlikely type of value");

    public static DiagnosticDescriptor WrongLength { get; } = new("PW2015", DiagnosticSeverity.Error, "List has too few or too many items");

    public static ImmutableArray<DiagnosticDescriptor> All { get; } =
    [
        UnknownProperty, WrongType, MissingProperty, ValueNotAllowed, UnknownValue, UnknownType, DuplicateProperty, WrongLevel, OutOfRange,
        NotAResource, NotInJson, NamelessDocument, UnlikelyType, WrongLength,
    ];
}
