using System.Collections.Immutable;
using Pipewright.Core.Binding;
using Pipewright.Core.Factory;
using Pipewright.Core.Schema;
using Pipewright.Core.Syntax;

namespace Pipewright.Core.Tests.Mutations;

/// <summary>Mistakes in triggers.</summary>
internal static class TriggerMutations
{
    private const string Scope = "/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/rg/providers/Microsoft.Storage/storageAccounts/lake";

    public static ImmutableArray<Mutation> All { get; } =
    [
        Schedule("weekdays with a daily frequency", ["PW4301"], r => r.SetMany(("frequency", T("Day")), ("schedule", M(("weekDays", L("Monday")))))),
        Schedule("days of the month with a weekly frequency", ["PW4301"], r => r.SetMany(("frequency", T("Week")), ("schedule", M(("monthDays", new NewSequence(new NewLiteral("1"))))))),
        Schedule("schedule with a frequency of minutes", ["PW4301"], r => r.SetMany(("frequency", T("Minute")), ("schedule", M(("minutes", new NewSequence(new NewLiteral("15"))))))),
        Schedule("hour 24", ["PW2009"], r => r.SetMany(("frequency", T("Day")), ("schedule", M(("hours", new NewSequence(new NewLiteral("24"))))))),
        Schedule("minute 60", ["PW2009"], r => r.SetMany(("frequency", T("Day")), ("schedule", M(("hours", new NewSequence(new NewLiteral("1"))), ("minutes", new NewSequence(new NewLiteral("60"))))))),
        Schedule("day 32 of the month", ["PW2009"], r => r.SetMany(("frequency", T("Month")), ("schedule", M(("monthDays", new NewSequence(new NewLiteral("32"))))))),
        Schedule("day 0 of the month", ["PW4304", "PW2009"], r => r.SetMany(("frequency", T("Month")), ("schedule", M(("monthDays", new NewSequence(new NewLiteral("0"))))))),
        Schedule("misspelt weekday", ["PW2004", "PW2005"], r => r.SetMany(("frequency", T("Week")), ("schedule", M(("weekDays", L("Mondey")))))),
        Schedule("days of the month in two ways", ["PW4303"], r => r.SetMany(("frequency", T("Month")), ("schedule", M(("monthDays", new NewSequence(new NewLiteral("1"))), ("monthlyOccurrences", new NewSequence(M(("day", T("Monday")), ("occurrence", new NewLiteral("1"))))))))),
        Schedule("misspelt frequency", ["PW2004", "PW2005"], r => [r.Set("frequency", T("Daily"))]),
        Schedule("interval of 0", ["PW2009"], r => [r.Set("interval", new NewLiteral("0"))]),
        Schedule("interval of 1001", ["PW2009"], r => [r.Set("interval", new NewLiteral("1001"))]),
        Schedule("start time in words", ["PW4307"], r => [r.Set("startTime", T("tomorrow"))]),
        Schedule("start time on the 30th of February", ["PW4307"], r => [r.Set("startTime", T("2024-02-30T00:00:00Z"))]),
        Schedule("start time as people write it", ["PW4307"], r => [r.Set("startTime", T("31.12.2024 08:00"))]),
        Schedule("end before the start", ["PW4311"], r => [r.Set("endTime", T("2001-01-01T00:00:00Z"))]),
        Schedule("unknown time zone", ["PW4310"], r => [r.Set("timeZone", T("Central Time"))]),
        Schedule("time zone of another system", ["PW4310"], r => [r.Set("timeZone", T("CET+1"))]),
        Schedule("UTC time without Z", ["PW4308"], r => r.SetMany(("timeZone", T("UTC")), ("startTime", T("2024-01-01T00:00:00")))),
        Schedule("time with Z in another zone", ["PW4309"], r => r.SetMany(("timeZone", T("W. Europe Standard Time")), ("startTime", T("2024-01-01T00:00:00Z")))),
        Schedule("pipeline for pipelines", ["PW4324", "PW2001", "PW2008"], r => [r.Subject.Properties!.Find("pipelines") is { Entry: not null } p ? r.Subject.SetName(p, "pipeline") : null]),
        Schedule("no recurrence", ["PW2003"], r => [r.Subject.TypeProperties!.Find("recurrence") is { Entry: not null } p ? r.Subject.Remove(p, [.. Subject.AnchorsOf(r.Subject.TypeProperties), .. Subject.AnchorsOf(r.Subject.Properties!), r.Subject.Properties!.FindValue("type")!.Span]) : null]),
        Kind("started without a pipeline", ["PW4323"], s => s.Properties is { } p && p.Find("pipelines") is { Entry: not null, Value: BoundArray { Items.Length: > 0 } } list && p.FindString("runtimeState") == "Started" ? [s.Set(p, "pipelines", new NewSequence(), list.NameSpan, p.FindValue("type")!.Span, p.FindValue("runtimeState")!.Span)] : []),
        Kind("one pipeline twice", ["PW4325"], s => s.Properties?.FindValue("pipelines") is BoundArray { Items: [BoundObject only] } list && (only.FindValue("pipelineReference") as BoundObject)?.FindString("referenceName") is { } name && only.Find("parameters") is null && s.Factory.Find(ResourceKind.Pipeline, name) is [var target] && Declared.Parameters(target.Resource).IsEmpty
            ? [s.Add(list, M(("pipelineReference", M(("referenceName", T(name)), ("type", T("PipelineReference"))))), name)] : []),
        Kind("pipeline() in a trigger", ["PW3103"], s => from a in PassedTo(s) select s.SetValue(a, T("@pipeline().RunId"))),
        Kind("output of another type of trigger", ["PW3110", "PW3103", "PW3111"], s => from a in PassedTo(s) where s.Type == "ScheduleTrigger" select s.SetValue(a, T("@trigger().outputs.windowStartTime"))),
        Kind("body of an event in a schedule", ["PW3103", "PW3110"], s => from a in PassedTo(s) where s.Type == "ScheduleTrigger" select s.SetValue(a, T("@triggerBody().fileName"))),
        Kind("misspelt member of trigger()", ["PW3110", "PW3111"], s => from a in PassedTo(s) select s.SetValue(a, T("@trigger().sheduledTime"))),

        Window("window of 1 minute", ["PW4312", "PW2009"], r => r.SetMany(("frequency", T("Minute")), ("interval", new NewLiteral("1")))),
        Window("window of a day", ["PW2004", "PW2005"], r => [r.Set("frequency", T("Day"))]),
        Window("window of no length", ["PW2009", "PW4312"], r => [r.Set("interval", new NewLiteral("0"))]),
        Window("concurrency of 51", ["PW2009"], r => [r.Set("maxConcurrency", new NewLiteral("51"))]),
        Window("concurrency of 0", ["PW2009"], r => [r.Set("maxConcurrency", new NewLiteral("0"))]),
        Window("delay in seconds", ["PW4313", "PW4201"], r => [r.Set("delay", T("600"))]),
        Window("retry interval of 5", ["PW2009", "PW4204"], r => [r.Set("retryPolicy", M(("count", new NewLiteral("1")), ("intervalInSeconds", new NewLiteral("5"))))]),
        Window("negative number of retries", ["PW2009"], r => [r.Set("retryPolicy", M(("count", new NewLiteral("-1")), ("intervalInSeconds", new NewLiteral("30"))))]),
        Window("positive offset on itself", ["PW4314", "PW4313"], r => [r.Set("dependsOn", new NewSequence(M(("type", T("SelfDependencyTumblingWindowTriggerReference")), ("offset", T("01:00:00")), ("size", T("01:00:00")))))]),
        Window("offset on itself left out", ["PW2003"], r => [r.Set("dependsOn", new NewSequence(M(("type", T("SelfDependencyTumblingWindowTriggerReference")), ("size", T("01:00:00")))))]),
        Window("six dependencies", ["PW2015"], r => [r.Set("dependsOn", new NewSequence([.. Enumerable.Range(1, 6).Select(i => (NewNode)M(("type", T("SelfDependencyTumblingWindowTriggerReference")), ("offset", T($"-0{i}:00:00")), ("size", T("01:00:00"))))]))]),
        Window("dependency on a trigger that is not there", ["PW4001"], r => [r.Set("dependsOn", new NewSequence(DependOn("no such trigger")))]),
        Window("dependency on itself as another", ["PW4316", "PW4314"], r => [r.Set("dependsOn", new NewSequence(DependOn(r.Subject.Resource.Name)))]),
        Window("end before the start", ["PW4311"], r => [r.Set("endTime", T("2001-01-01T00:00:00Z"))]),
        Window("start time in words", ["PW4307"], r => [r.Set("startTime", T("now"))]),

        Blob("no path", ["PW4318"], r => r.Owner.Find("blobPathBeginsWith") is { Entry: not null } p && r.Owner.Find("blobPathEndsWith") is null ? [r.Subject.Remove(p, [r.Subject.Properties!.FindValue("type")!.Span, .. Subject.AnchorsOf(r.Owner)])] : []),
        Blob("path without /blobs/", ["PW4319"], r => [r.Set("blobPathBeginsWith", T("/landing/orders/2024"))]),
        Blob("path without its container's slash", ["PW4320"], r => [r.Set("blobPathBeginsWith", T("landing/blobs/orders"))]),
        Blob("wildcard in the path", ["PW4321"], r => [r.Set("blobPathEndsWith", T("*.csv"))]),
        Blob("misspelt event", ["PW2004", "PW2005"], r => [r.Set("events", L("Microsoft.Storage.BlobCreate"))]),
        Blob("no events", ["PW2015", "PW2003"], r => [r.Set("events", new NewSequence(), r.Owner.Find("events")!.NameSpan, r.Owner.FindValue("events")!.Span)]),
        Blob("name of the account as the scope", ["PW4322"], r => [r.Set("scope", T("mystorageaccount"))]),
        Blob("address of the account as the scope", ["PW4322"], r => [r.Set("scope", T("https://lake.blob.core.windows.net"))]),
        Blob("scope of another service", ["PW4322"], r => [r.Set("scope", T(Scope.Replace("Microsoft.Storage/storageAccounts", "Microsoft.Sql/servers", StringComparison.Ordinal)))]),
        Blob("misspelt member of the body", ["PW3110", "PW3111"], r => from a in PassedTo(r.Subject) select r.Subject.SetValue(a, T("@triggerBody().filename2"))),
    ];

    private static NewScalar T(string text) => new(text);

    private static NewSequence L(string text) => new(new NewScalar(text));

    private static NewMapping M(params ImmutableArray<(string, NewNode)> entries) => new(entries);

    private static NewMapping DependOn(string trigger) => M(("type", T("TumblingWindowTriggerDependencyReference")), ("referenceTrigger", M(("referenceName", T(trigger)), ("type", T("TriggerReference")))));

    private static Mutation Kind(string name, ImmutableArray<string> codes, Func<Subject, IEnumerable<Mistake?>> seed) => new("triggers", name, codes, seed) { Kinds = [ResourceKind.Trigger] };

    private static Mutation Schedule(string name, ImmutableArray<string> codes, Func<Settings, IEnumerable<Mistake?>> seed) =>
        Kind("schedule: " + name, codes, s => s.Type == "ScheduleTrigger" && s.TypeProperties?.FindValue("recurrence") is BoundObject { Syntax: MappingSyntax } owner ? seed(new Settings(s, owner)) : []);

    private static Mutation Window(string name, ImmutableArray<string> codes, Func<Settings, IEnumerable<Mistake?>> seed) =>
        Kind("window: " + name, codes, s => s.Type == "TumblingWindowTrigger" && s.TypeProperties is { } owner ? seed(new Settings(s, owner)) : []);

    private static Mutation Blob(string name, ImmutableArray<string> codes, Func<Settings, IEnumerable<Mistake?>> seed) =>
        Kind("event: " + name, codes, s => s.Type == "BlobEventsTrigger" && s.TypeProperties is { } owner && owner.Find("events") is not null ? seed(new Settings(s, owner)) : []);

    /// <summary>The values that a trigger passes to its pipelines.</summary>
    private static IEnumerable<BoundNode> PassedTo(Subject subject) => from p in subject.Written
                                                                       where p is { Parent: BoundObject { Parent: BoundProperty { Name: "parameters" } }, Value: BoundScalar { Kind: ScalarKind.String } }
                                                                       select p.Value;

    private sealed record Settings(Subject Subject, BoundObject Owner)
    {
        public Mistake? Set(string name, NewNode value, params ImmutableArray<Text.TextSpan> at) => Subject.Set(Owner, name, value, at);

        /// <summary>Several at once. What is new is written together, so that no two edits are at one place.</summary>
        public IEnumerable<Mistake?> SetMany(params ImmutableArray<(string Name, NewNode Value)> values)
        {
            var changed = values.Where(v => Owner.Find(v.Name) is not null).SelectMany(v => Subject.Edits.SetProperty(Owner, v.Name, v.Value)).ToList();
            var added = values.Where(v => Owner.Find(v.Name) is null).ToList();
            return added.Count > 1 ? [] : [Subject.Make([.. changed, .. added.SelectMany(v => Subject.Edits.SetProperty(Owner, v.Name, v.Value))], [])];
        }
    }
}
