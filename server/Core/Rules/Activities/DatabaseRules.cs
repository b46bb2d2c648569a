// Rules about Script and Stored procedure activities.
using System.Globalization;
using Pipewright.Core.Binding;
using Pipewright.Core.Syntax;
using Pipewright.Core.Text;

namespace Pipewright.Core.Rules.Activities;

/// <summary>A value for a parameter of a script or procedure.</summary>
/// <param name="Name">For messages; empty where it has none.</param>
internal sealed record DatabaseParameter(string Name, BoundObject Node)
{
    public BoundScalar? Type => ActivityReading.Literal(Node.FindValue("type"));

    public BoundScalar? Value => ActivityReading.Literal(Node.FindValue("value"));

    /// <summary>The script gives it a value.</summary>
    public bool IsOutput => ActivityReading.Literal(Node.FindValue("direction"))?.Text.EndsWith("Output", StringComparison.OrdinalIgnoreCase) == true;

    public static IEnumerable<DatabaseParameter> OfScripts(RuleContext context) =>
        from activity in context.Running("Script")
        from block in (activity.FindValue("scripts") as BoundArray)?.Items.OfType<BoundObject>() ?? []
        from parameter in (block.FindValue("parameters") as BoundArray)?.Items.OfType<BoundObject>() ?? []
        select new DatabaseParameter(ActivityReading.Literal(parameter.FindValue("name"))?.Text ?? "", parameter);

    /// <summary>Wherever a procedure is called: by an activity, or as a source or sink of a copy.</summary>
    public static IEnumerable<DatabaseParameter> OfProcedures(RuleContext context) =>
        from activity in context.Running("SqlServerStoredProcedure", "Copy", "Lookup")
        from owner in new[] { activity.TypeProperties, activity.FindValue("source") as BoundObject, activity.FindValue("sink") as BoundObject }
        from parameter in (owner?.FindValue("storedProcedureParameters") as BoundObject)?.Properties ?? []
        where parameter.Value is BoundObject
        select new DatabaseParameter(parameter.Name, (BoundObject)parameter.Value);
}

/// <summary>A Script activity with no script: Studio wants one at least.</summary>
internal sealed class NoScriptRule() : Rule(new("PW4243", DiagnosticSeverity.Warning, "Script activity without a script"))
{
    public override IEnumerable<Diagnostic> Check(RuleContext context) =>
        from activity in context.Running("Script")
        where activity.FindValue("scripts") is null or BoundArray { Items.IsEmpty: true }
        let scripts = activity.TypeProperties?.Find("scripts")
        select Descriptor.At(
            scripts is { IsImplied: false } ? scripts.NameSpan : activity.Anchor(), $"'{activity.Name}' has nothing to run. Give it a script: scripts: [{{ type: Query, text: SELECT 1 }}].");
}

/// <summary>A parameter that a script gives a value needs a type, and as text a size (Microsoft's documentation of the Script activity).</summary>
internal sealed class OutputParameterRule() : Rule(new("PW4244", DiagnosticSeverity.Warning, "Output parameter without type or size"))
{
    public override IEnumerable<Diagnostic> Check(RuleContext context)
    {
        foreach (var parameter in DatabaseParameter.OfScripts(context).Where(p => p.IsOutput))
        {
            var place = ActivityReading.Place(parameter.Node.FindValue("direction")!);
            if (ActivityReading.Given(parameter.Node.FindValue("type")) is null)
            {
                yield return Descriptor.At(
                    place, $"The script gives '{parameter.Name}' a value: say of which 'type' it is, String or Int32 for one.",
                    ActivityReading.Possible(new CodeFix("Make it text", context.Edits.SetMembers(parameter.Node, "", parameter.Node, [("type", new NewScalar("String")), ("size", new NewLiteral("4000"))])) { IsPreferred = false }));
            }
            else if ("String".Equals(parameter.Type?.Text, StringComparison.OrdinalIgnoreCase) && ActivityReading.Given(parameter.Node.FindValue("size")) is null)
            {
                yield return Descriptor.At(
                    place, $"The script gives '{parameter.Name}' a text: say with 'size' how long it can be.",
                    ActivityReading.Possible(new CodeFix("Set 'size' to 4000", context.Edits.SetProperty(parameter.Node, "size", new NewLiteral("4000")))));
            }
        }
    }
}

/// <summary>A value that is written out is none of the type that is said of it.</summary>
internal sealed class DatabaseValueRule() : Rule(new("PW4245", DiagnosticSeverity.Warning, "Value of another type than said"))
{
    public override IEnumerable<Diagnostic> Check(RuleContext context) =>
        from parameter in DatabaseParameter.OfScripts(context).Concat(DatabaseParameter.OfProcedures(context))
        where parameter is { Type: not null, Value.Text.Length: > 0 } && !Fits(parameter.Value, parameter.Type.Text)
        select Descriptor.At(parameter.Value!.Span, $"'{parameter.Name}' is said to be of type {parameter.Type!.Text}, which '{parameter.Value.Text}' is not. Change the value or the type.");

    private static bool Fits(BoundScalar value, string type) => type.ToUpperInvariant() switch
    {
        "INT" or "INT16" or "INT32" or "INT64" => long.TryParse(value.Text, NumberStyles.Integer, CultureInfo.InvariantCulture, out _),
        "DECIMAL" or "DOUBLE" or "SINGLE" => double.TryParse(value.Text, NumberStyles.Any, CultureInfo.InvariantCulture, out _),
        "BOOLEAN" => bool.TryParse(value.Text, out _) || value.Text is "0" or "1",
        "GUID" => Guid.TryParse(value.Text, out _),
        _ => true,
    };
}
