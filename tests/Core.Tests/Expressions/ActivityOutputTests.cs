using System.Collections.Immutable;
using Pipewright.Core.Expressions;
using Pipewright.Core.Schema;
using Pipewright.Generator;
using Xunit;

namespace Pipewright.Core.Tests.Expressions;

/// <summary>The types of what activities leave behind, and of what else the context functions give.</summary>
public sealed class ActivityOutputTests
{
    private const string Execution = "billingReference durationInQueue effectiveIntegrationRuntime executionDuration";

    [Fact]
    public void Every_activity_type_of_the_schema_is_described_and_no_other() => Assert.Equal(
        SchemaCatalog.Default.FindActivityType()!.Variants.Keys.Order(StringComparer.Ordinal), ActivityOutputs.Types.Order(StringComparer.Ordinal));

    [Fact]
    public void What_an_output_depends_on_are_properties_of_the_activity()
    {
        foreach (var (type, path) in ActivityOutputs.Types.SelectMany(t => ActivityOutputs.PropertiesOf(t).Select(p => (t, p))))
        {
            var settings = (ObjectType)SchemaCatalog.Default.FindActivityType()!.FindVariant(type)!.FindProperty("typeProperties")!.Type;
            Assert.True(settings.FindProperty(path.Split('.')[0]) is not null, $"{type} has no {path}");
        }
    }

    [Theory]
    [InlineData("Lookup", "", $"{Execution} firstRow?")]
    [InlineData("Lookup", "firstRowOnly=true", $"{Execution} firstRow?")]
    [InlineData("lookup", "firstRowOnly=False", $"{Execution} count value")]
    [InlineData("Lookup", "firstRowOnly=@f()", $"{Execution} count firstRow? value")]
    [InlineData("GetMetadata", "fieldList=Size,childItems", $"{Execution} childItems size")]
    [InlineData("GetMetadata", "", $"{Execution} childItems columnCount contentMD5 created exists itemName itemType lastModified size structure")]
    [InlineData("ExecutePipeline", "", "pipelineName pipelineReturnValue pipelineRunId")]
    [InlineData("ExecutePipeline", "waitOnCompletion=false", "pipelineName pipelineRunId")]
    [InlineData("Filter", "", "FilteredItemsCount ItemsCount Value")]
    [InlineData("DatabricksNotebook", "", $"{Execution} runError? runId runOutput? runPageUrl")]
    [InlineData("SqlServerStoredProcedure", "", Execution)]
    [InlineData("Wait", "", "")]
    public void Members_follow_from_the_activity(string type, string properties, string members)
    {
        var output = ActivityOutputs.Find(type, new Source(properties));
        Assert.Equal(
            members.Split(' ', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.OrdinalIgnoreCase),
            output.Members!.Values.Select(m => m.IsOptional ? $"{m.Name}?" : m.Name).Order(StringComparer.OrdinalIgnoreCase));
    }

    [Theory]
    [InlineData("Copy", "", "rowsCopied", "int")]
    [InlineData("Copy", "", "throughput", "number")]
    [InlineData("Copy", "", "executionDetails[].detailedDurations.queuingDuration", "int")]
    [InlineData("Copy", "", "errors[].Message", "string")]
    [InlineData("Lookup", "firstRowOnly=false", "value", "array of object")]
    [InlineData("GetMetadata", "", "childItems[].name", "string")]
    [InlineData("Script", "", "resultSets[].rows[]", "object")]
    [InlineData("Filter", "", "Value[]", "bool")]
    [InlineData("ExecutePipeline", "", "pipelineReturnValue", "float")]
    [InlineData("WebActivity", "", "Response", "any")]
    [InlineData("ExecuteDataFlow", "", "runStatus.metrics.anySink.sources.anySource.rowsRead", "int")]
    [InlineData("ExecuteDataFlow", "", "runStatus.output.anySink.value[]", "object")]
    public void A_member_has_a_type(string type, string properties, string path, string shown) =>
        Assert.Equal(shown, Follow(ActivityOutputs.Find(type, new Source(properties)), path).Describe());

    [Theory]
    [InlineData("WebActivity", "", true)]
    [InlineData("DatabricksNotebook", "", true)]
    [InlineData("Lookup", "firstRowOnly=@f()", true)]
    [InlineData("Lookup", "", false)]
    [InlineData("Copy", "", false)]
    public void Some_outputs_may_have_any_member(string type, string properties, bool isOpen) =>
        Assert.Equal(isOpen, ActivityOutputs.Find(type, new Source(properties)).IsOpen);

    [Theory]
    [InlineData("Lookup", "", "value", "firstRowOnly is false")]
    [InlineData("Lookup", "firstRowOnly=false", "FIRSTROW", "firstRowOnly is true")]
    [InlineData("Lookup", "firstRowOnly=@f()", "value", null)]
    [InlineData("Lookup", "", "firstRow", null)]
    [InlineData("GetMetadata", "fieldList=exists", "size", "fieldList lists it")]
    [InlineData("GetMetadata", "", "size", null)]
    [InlineData("ExecutePipeline", "waitOnCompletion=false", "pipelineReturnValue", "waitOnCompletion is true")]
    [InlineData("Copy", "source.type=BinarySource", "rowsRead", null)]
    public void A_member_that_is_not_asked_for_says_what_would_bring_it(string type, string properties, string name, string? wish) =>
        Assert.Equal(wish, ActivityOutputs.Find(type, new Source(properties)).LeftOut!.GetValueOrDefault(name)?.Wish);

    [Theory]
    [InlineData("Lookup", "", "output.[|value|]", "PW3113 'value' is there only if firstRowOnly is false, which is not so in the activity.")]
    [InlineData("Lookup", "", "output['[|value|]']", "PW3113 'value' is there only if firstRowOnly is false, which is not so in the activity.")]
    [InlineData("Lookup", "", "output?.[|value|]", "PW3114 'value' is there only if firstRowOnly is false, which is not so in the activity.")]
    [InlineData("GetMetadata", "fieldList=exists", "output.[|size|]", "PW3113 'size' is there only if fieldList lists it, which is not so in the activity.")]
    [InlineData("GetMetadata", "fieldList=size", "output.size", null)]
    [InlineData("ExecuteDataFlow", "", "output.runStatus.metrics.mySink.rowsWritten", null)]
    [InlineData("ExecuteDataFlow", "", "output.runStatus.metrics.mySink.[|rowsWriten|]", "PW3111 'rowsWriten' is not known to be there. Did you mean 'rowsWritten'?")]
    [InlineData("WebActivity", "", "output.Respons", null)]
    public void Reading_what_is_not_there_is_told(string type, string properties, string access, string? told)
    {
        var (text, spans) = TestText.WithSpans($"@activity('A').{access}");
        var symbol = new ActivitySymbol("A", type, new(() => ActivityOutputs.Find(type, new Source(properties))));
        var scope = new ExpressionScope(ExpressionPlace.Pipeline) { Activities = ImmutableDictionary<string, ActivitySymbol>.Empty.Add("A", symbol) };
        var found = ExpressionChecker.Check(Template.Parse(text), scope, ExpectedType.Anything).Findings.Select(f => f.Diagnostic).ToList();
        Assert.Equal(told is null ? [] : [told], found.Select(d => $"{d.Code} {d.Message}"));
        Assert.All(found, d => Assert.Equal(text[spans[0].Start..spans[0].End], text[d.Span.Start..d.Span.End].Trim('\'')));
    }

    [Fact]
    public void Nothing_is_known_of_an_unknown_activity() => Assert.True(ActivityOutputs.Find("Teleport", new Source("")).IsUnknown);

    [Fact]
    public void Every_member_says_what_it_is()
    {
        var roots = ActivityOutputs.Types.Select(t => ActivityOutputs.Find(t, new Source(""))).Append(ContextMembers.Activity(ExpressionType.Any, false))
            .Append(ContextMembers.Pipeline(ExpressionType.Any, ExpressionType.Any));
        Assert.DoesNotContain(roots.SelectMany(MembersOf), m => string.IsNullOrWhiteSpace(m.Description) || !".?!".Contains(m.Description[^1], StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("error", false, true)]
    [InlineData("error", true, false)]
    [InlineData("output", false, false)]
    public void The_error_may_be_missing_unless_the_activity_has_failed(string name, bool hasFailed, bool isOptional) =>
        Assert.Equal(isOptional, ContextMembers.Activity(ExpressionType.Any, hasFailed).Members![name].IsOptional);

    [Fact]
    public void The_pipeline_has_its_parameters_and_no_unknown_members()
    {
        var pipeline = ContextMembers.Pipeline(ExpressionType.ObjectOf([new("runDate", ExpressionType.String)], isClosed: true), ExpressionType.Object);
        Assert.True(pipeline.IsClosed);
        Assert.Equal("string", Follow(pipeline, "parameters.RUNDATE").Describe());
        Assert.True(pipeline.Members!["TriggeredByPipelineName"].IsOptional);
        Assert.True(ContextMembers.IsFabricOnly("libraryvariables") && !ContextMembers.IsFabricOnly("RunId"));
    }

    [Theory]
    [InlineData("TumblingWindowTrigger", "outputs.windowStartTime", null)]
    [InlineData("ScheduleTrigger", "scheduledTime", null)]
    [InlineData("BlobEventsTrigger", "startTime", "folderPath")]
    [InlineData("CustomEventsTrigger", "startTime", "event.subject")]
    public void A_trigger_gives_what_its_type_has(string type, string ofTrigger, string? ofBody)
    {
        Assert.Equal("string", Follow(ContextMembers.Trigger(type)!, ofTrigger).Describe());
        Assert.Equal(ofBody is null ? null : "string", ContextMembers.TriggerBody(type) is { } body ? Follow(body, ofBody!).Describe() : null);
    }

    [Fact]
    public void Nothing_is_known_of_an_unknown_trigger() => Assert.Null(ContextMembers.Trigger("ChainingTrigger") ?? ContextMembers.TriggerBody(null));

    [Theory]
    [InlineData("shared: { a: { x: [integer, X.] } }", "Line 1: 'integer' is not a known type")]
    [InlineData("shared: { a: { x: X. } }", "'x' is neither")]
    [InlineData("shared: { a: { x: [string, one, two] } }", "'x' is neither")]
    [InlineData("shared:\n  a:\n    x:\n      - X.\n      - { y: [string, Y.],\n          z: [text, Z.] }", "Line 6: 'text' is not")]
    [InlineData("shared: { a: { x: [string, X.], X?: [string, X.] } }", "'x' is there twice")]
    [InlineData("shared: { a: { x: [string, X.], x: [string, X.] } }", "Line 1: ")]
    [InlineData("outputs: { Copy: {}, COPY: {} }", "'COPY' is there twice")]
    [InlineData("outputs: { Copy: { member: {} } }", "'member' is not known here")]
    [InlineData("outputs: { Copy: { open: yes } }", "true or false is wanted")]
    [InlineData("outputs: { Copy: { also: [nothing] } }", "there are no shared members 'nothing'")]
    [InlineData("outputs: { Copy: { also: nothing } }", "a list of names is wanted")]
    [InlineData("outputs: { Copy: { cases: { a: {}, b: {} } } }", "cases need a property")]
    [InlineData("outputs: { Copy: { cases: { property: p, a: {} } } }", "fewer than two cases")]
    [InlineData("outputs: { Copy: { members: { x: [string, X.] }, cases: { property: p, a: { y: [text, Y.] }, b: {} } } }", "'text' is not")]
    [InlineData("output: {}", "'output' is not known here")]
    [InlineData("shared: {}", "'pipeline' is missing")]
    public void A_slip_in_the_file_stops_the_build(string text, string message) =>
        Assert.Contains(message, Assert.Throws<FormatException>(() => OutputTable.Write(text)).Message, StringComparison.Ordinal);

    /// <summary>The type at a path of members; <c>[]</c> goes to the elements of an array.</summary>
    private static ExpressionType Follow(ExpressionType type, string path) =>
        path.Replace("[]", ".[]", StringComparison.Ordinal).Split('.').Aggregate(type, (at, name) => name == "[]" ? at.Element! : at.Members!.GetValueOrDefault(name)?.Type ?? at.Others!);

    private static IEnumerable<TypeMember> MembersOf(ExpressionType type) =>
        (type.Members?.Values ?? []).SelectMany(m => MembersOf(m.Type).Prepend(m)).Concat(((ExpressionType?[])[type.Element, type.Others]).OfType<ExpressionType>().SelectMany(MembersOf));

    /// <summary>An activity with properties that are written <c>name=value;name=one,two</c>; a value with <c>@</c> is an expression.</summary>
    private sealed class Source(string properties) : OutputSource
    {
        private readonly Dictionary<string, string> _values = properties.Split(';', StringSplitOptions.RemoveEmptyEntries).Select(p => p.Split('=')).ToDictionary(p => p[0], p => p[1]);

        public override ExpressionType ReturnValues => ExpressionType.Float;

        public override ExpressionType Items => ExpressionType.ArrayOf(ExpressionType.Boolean);

        public override string? FindText(string property, out bool isKnown)
        {
            var value = _values.GetValueOrDefault(property);
            isKnown = value?.StartsWith('@') != true;
            return value;
        }

        public override ImmutableArray<string>? FindList(string property) => _values.TryGetValue(property, out var list) ? [.. list.Split(',')] : null;
    }
}
