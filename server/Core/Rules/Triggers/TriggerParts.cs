// What the rules about triggers look at.
using System.Globalization;
using Pipewright.Core.Binding;
using Pipewright.Core.Schema;
using Pipewright.Core.Syntax;
using Pipewright.Core.Text;

namespace Pipewright.Core.Rules.Triggers;

internal static class TriggerParts
{
    public const string Schedule = "ScheduleTrigger";

    public const string TumblingWindow = "TumblingWindowTrigger";

    public const string BlobEvents = "BlobEventsTrigger";

    public const string CustomEvents = "CustomEventsTrigger";

    /// <summary>The type of a trigger as the model spells it; null where it is unknown.</summary>
    public static string? TypeOf(BoundResource resource) =>
        resource.Kind == ResourceKind.Trigger ? resource.Properties?.Shape?.Discriminator : null;

    /// <summary>What is particular to a trigger's type; null for a trigger of another type and for other resources.</summary>
    public static BoundObject? Find(RuleContext context, string type) => Find(context.Resource, type);

    /// <inheritdoc cref="Find(RuleContext, string)"/>
    public static BoundObject? Find(BoundResource resource, string type) =>
        TypeOf(resource) == type ? resource.Properties!.FindValue("typeProperties") as BoundObject : null;

    /// <summary>When a schedule trigger fires.</summary>
    public static BoundObject? FindRecurrence(RuleContext context) => Find(context, Schedule)?.FindValue("recurrence") as BoundObject;

    /// <summary>The lists of points in time of a schedule trigger.</summary>
    public static BoundObject? FindSchedule(RuleContext context) => FindRecurrence(context)?.FindValue("schedule") as BoundObject;

    /// <summary>The text of a value that can be judged: it is neither worked out nor put in by a tool that deploys it.</summary>
    public static string? TextOf(BoundNode? value) =>
        value is BoundScalar { Kind: not ScalarKind.Null } scalar && !SpecForm.IsExpression(scalar.Text) && !IsPlaceholder(scalar.Text) ? scalar.Text : null;

    /// <summary>A number as it is written; null for what is none.</summary>
    public static int? NumberOf(BoundNode? value) =>
        TextOf(value) is { } text
            && int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>The text to underline for a trigger as a whole: that of its type.</summary>
    public static TextSpan Anchor(RuleContext context) =>
        context.Properties?.FindValue("type")?.Span ?? context.Resource.NameSpan;

    /// <summary>A hole that is filled before the file is deployed: <c>#{x}#</c>, <c>__x__</c>, <c>$(x)</c>, <c>&lt;x&gt;</c>, <c>[parameters('x')]</c>.</summary>
    private static bool IsPlaceholder(string text) =>
        text.AsSpan().IndexOfAny("{}<>$") >= 0 || text.Contains("__", StringComparison.Ordinal) || text.StartsWith('[');
}
