// The service's errors, in its words where they are known: by Microsoft's troubleshooting guide for pipelines, its documentation of the engine's
// expressions, and messages that people quote in public issues. Where they are not known, in plain words.
using System.Globalization;
using Pipewright.Core.Expressions;

namespace Pipewright.Core.Simulation;

public static class SimulationErrors
{
    /// <summary>The simulation was stopped: it started more activities than its limits allow.</summary>
    public const string LimitCode = "SimulationLimit";

    /// <summary>Runs wait for each other, so that none can go on.</summary>
    public const string DeadlockCode = "SimulationDeadlock";

    internal const string UserError = "UserError";
    internal const string InvalidTemplate = "InvalidTemplate";
    internal const string BadRequest = "BadRequest";
    internal const string ActionFailed = "ActionFailed";
    internal const string Timeout = "Timeout";

    internal static string Expression(string activity, int column, string inner) =>
        $"Unable to process template language expressions in action '{activity}' inputs at line '1' and column '{column}': '{inner}'.";

    internal static string NotAnArray(string activity, string property, string expression, ExpressionValue value) =>
        $"The execution of template action '{activity}' failed: the result of the evaluation of '{property}' expression '{Shorten(expression)}' is of type '{value.KindName}'. The result must be a valid array.";

    internal static string NotABoolean(string activity, string property, string expression, ExpressionValue value) =>
        $"The execution of template action '{activity}' failed: the result of the evaluation of '{property}' expression '{Shorten(expression)}' is of type '{value.KindName}'. The result must be a boolean.";

    internal static string WrongValue(string activity, string property, ExpressionValue? value, string expected) =>
        $"The value of '{property}' in activity '{activity}' must be {expected}. {(value is null ? "It is missing." : $"It is of type '{value.KindName}'.")}";

    internal static string TooManyItems(string activity, int count) =>
        string.Create(CultureInfo.InvariantCulture, $"The activity '{activity}' has {count} items. A ForEach takes at most 100000.");

    internal static string InnerFailed(string activity, string message) => $"Activity failed because an inner activity failed; Inner activity name: {activity}, Error: {message}";

    internal static string OperationFailed(string activity, string message) => $"Operation on target {activity} failed: {message}";

    internal static string TimedOut(string activity, TimeSpan timeout) => $"The activity '{activity}' did not end within its timeout of {timeout:c}.";

    internal static string UnknownVariable(string activity, string variable) => $"The variable '{variable}' must be initialized before it can be used inside action '{activity}'.";

    internal static string VariableType(string variable, string type, ExpressionValue value) =>
        $"The variable '{variable}' of type '{type}' cannot be initialized or updated with value of type '{value.KindName}'. The variable '{variable}' only supports values of types '{type}'.";

    internal static string SelfReference(string variable) => $"The expression contains self referencing variable. A variable cannot reference itself in the expression: '{variable}'.";

    internal static string NoSuchPipeline(string pipeline) => $"The document could not be retrieved because it was not found: pipeline '{pipeline}'.";

    internal static string TooDeep(string pipeline, int depth) =>
        string.Create(CultureInfo.InvariantCulture, $"The pipeline '{pipeline}' cannot be run: pipelines execute each other more than {depth} deep, the last of them '{pipeline}'.");

    internal static string QueueFull(string pipeline) => $"The pipeline '{pipeline}' has 100 runs waiting for its concurrency already, which is the most that can wait.";

    internal static string TooManyRuns(string pipeline, int most) =>
        string.Create(CultureInfo.InvariantCulture, $"The pipeline '{pipeline}' cannot be run: {most} runs go on in the factory already, which is the most that can.");

    internal static string ParameterMissing(string parameter) => $"The value for the template parameter '{parameter}' is not provided.";

    internal static string ParameterType(string parameter, string type, ExpressionValue value) =>
        $"The value of parameter '{parameter}' is of type '{value.KindName}' and cannot be converted to '{type}'.";

    internal static string NoSuchDependency(string activity, string dependency) => Validation($"The 'runAfter' property of template action '{activity}' contains non-existent action: '{dependency}'.");

    internal static string Circle(string activities) => Validation($"The 'runAfter' properties of template actions '{activities}' wait for each other.");

    internal static string NotDefined(string activity, string read) => Validation($"The action(s) '{read}' referenced by 'inputs' in action '{activity}' are not defined in the template.");

    internal static string NotBefore(string activity, string read) =>
        Validation($"The inputs of template action '{activity}' cannot reference action '{read}'. Action '{read}' must be in 'runAfter' path of action '{activity}'.");

    internal static string Validation(string inner) => $"The template validation failed: '{inner}'.";

    internal static string Limit(long maximum) => string.Create(CultureInfo.InvariantCulture, $"The simulation was stopped after {maximum} activities.");

    internal static string Deadlock(string pipeline) => $"The run of '{pipeline}' waits for a run that can start only after it, because of the pipeline's concurrency. It would wait for ever.";

    private static string Shorten(string text) => text.Length <= 200 ? text : text[..200] + "…";
}
