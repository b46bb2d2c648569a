// Rules about activities that call an HTTP endpoint: the body, the headers, and how they sign in.
using Pipewright.Core.Binding;
using Pipewright.Core.Factory;
using Pipewright.Core.Syntax;
using Pipewright.Core.Text;

namespace Pipewright.Core.Rules.Activities;

/// <summary>Which methods of which activities take a body (Microsoft's documentation of the activities).</summary>
internal static class RequestBody
{
    private static readonly (string Activity, string[] Methods)[] Wanted = [("WebActivity", ["POST", "PUT", "PATCH"]), ("AzureFunctionActivity", ["POST", "PUT"])];

    /// <summary>The activities that send a request by a method that is written out.</summary>
    public static IEnumerable<(ActivityNode Activity, BoundScalar Method, bool WantsBody)> FindAll(RuleContext context) =>
        from wanted in Wanted
        from activity in context.Running(wanted.Activity)
        let method = activity.FindLiteral("method")
        where method is not null
        select (activity, method, wanted.Methods.Contains(method.Text, StringComparer.OrdinalIgnoreCase));
}

/// <summary>A request that sends something has nothing to send: Studio refuses to publish it.</summary>
internal sealed class MissingBodyRule() : Rule(new("PW4222", DiagnosticSeverity.Error, "Request without a body"))
{
    public override IEnumerable<Diagnostic> Check(RuleContext context) =>
        from request in RequestBody.FindAll(context)
        where request.WantsBody && request.Activity.FindValue("body") is null
        select Descriptor.At(
            request.Method.Span, $"A request by {request.Method.Text} needs a 'body'. Give one, an empty object '{{}}' at least.",
            ActivityReading.Possible(new CodeFix("Send an empty object", context.Edits.SetProperty(request.Activity.Activity.Node, "typeProperties.body", new NewScalar("{}"))) { IsPreferred = false }));
}

/// <summary>The documentation allows no body with GET. Published factories have some, so a run may get through.</summary>
internal sealed class BodyWithGetRule() : Rule(new("PW4223", DiagnosticSeverity.Warning, "GET with a body"))
{
    public override IEnumerable<Diagnostic> Check(RuleContext context) =>
        from request in RequestBody.FindAll(context)
        where request.Method.Text.Equals("GET", StringComparison.OrdinalIgnoreCase)
        let body = request.Activity.TypeProperties!.Find("body")
        where body is not null && ActivityReading.Given(body.Value) is not null and not BoundScalar { Text: "" }
        select Descriptor.At(
            body.NameSpan, "A request by GET has no body: what the endpoint is to know goes into the 'url' or the 'headers'. To send a body, use POST.",
            ActivityReading.Possible(
                new CodeFix("Remove the body", context.Edits.Remove(body)) { IsPreferred = false },
                new CodeFix("Change to POST", context.Edits.SetText(request.Method, "POST")) { IsPreferred = false }));
}

/// <summary>A way to sign in lacks what it works with (Microsoft's documentation of the Web activity).</summary>
internal sealed class RequestSignInRule() : Rule(new("PW4224", DiagnosticSeverity.Warning, "Incomplete sign-in of a request"))
{
    private static readonly Dictionary<string, string[]> Needs = new(StringComparer.OrdinalIgnoreCase)
    {
        ["MSI"] = ["resource"],
        ["UserAssignedManagedIdentity"] = ["resource", "credential"],
        ["Basic"] = ["username", "password"],
        ["ClientCertificate"] = ["pfx", "password"],
        ["ServicePrincipal"] = ["userTenant", "username", "password", "resource"],
    };

    public override IEnumerable<Diagnostic> Check(RuleContext context)
    {
        foreach (var activity in context.Running("WebActivity", "WebHook"))
        {
            if (activity.FindValue("authentication") is not BoundObject authentication || ActivityReading.Literal(authentication.FindValue("type")) is not { } type || !Needs.TryGetValue(type.Text, out var needs))
            {
                continue;
            }

            // A credential of the factory knows the tenant and the secret of its service principal.
            var hasCredential = ActivityReading.Given(authentication.FindValue("credential")) is not null;
            var missing = needs.Where(n => ActivityReading.Given(authentication.FindValue(n)) is null or BoundScalar { Text: "" } && (!hasCredential || n == "resource")).ToList();
            if (missing.Count > 0)
            {
                yield return Descriptor.At(
                    type.Span, $"To sign in by {type.Text}, 'authentication' needs {string.Join(" and ", missing.Select(m => $"'{m}'"))} as well.",
                    missing is ["resource"] ? ActivityReading.Possible(AddResource(context, authentication)) : []);
            }
        }
    }

    private static CodeFix AddResource(RuleContext context, BoundObject authentication) =>
        new("Add 'resource', for Azure's management", context.Edits.SetProperty(authentication, "resource", new NewScalar("https://management.azure.com/"))) { IsPreferred = false };
}

/// <summary>A WebHook with a body has to say of what type it is (Microsoft's documentation of the activity).</summary>
internal sealed class ContentTypeRule() : Rule(new("PW4225", DiagnosticSeverity.Information, "WebHook without Content-Type"))
{
    private const string Header = "Content-Type";

    public override IEnumerable<Diagnostic> Check(RuleContext context) =>
        from activity in context.Running("WebHook")
        where activity.FindValue("body") is not null and not BoundScalar { Text: "" }
        let headers = activity.FindValue("headers")
        where headers is null || (headers is BoundObject map && DynamicContent.FindExpression(map) is null && map.Find(Header) is null)
        select Descriptor.At(
            activity.TypeProperties!.Find("body")!.NameSpan, $"The headers should say of what type the body is: '{Header}: application/json'.",
            ActivityReading.Possible(context.SetFix($"Add the header '{Header}'", activity, $"headers.{Header}", new NewScalar("application/json"))));
}
