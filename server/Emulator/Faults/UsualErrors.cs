using System.Globalization;

namespace Pipewright.Emulator.Faults;

/// <summary>What a service says where nothing else is asked for.</summary>
internal static class UsualErrors
{
    public static ArmErrorException Of(EmulatedService service, int status, string? code = null, string? message = null)
    {
        var usual = service == EmulatedService.Databricks ? OfDatabricks(status) : OfArm(status);
        return new ArmErrorException(status, code ?? usual.Code, message ?? usual.Message);
    }

    /// <summary>What Resource Manager usually says with a status.</summary>
    private static (string Code, string Message) OfArm(int status) => status switch
    {
        401 => ("ExpiredAuthenticationToken", "The access token has expired."),
        403 => ("AuthorizationFailed", "The client does not have authorization to perform this action over the scope, or the scope is invalid."),
        409 => ("ConflictingOperation", "Another operation on this resource is in progress."),
        412 => ("PreconditionFailed", "The resource has changed since the version that If-Match names. Read it again."),
        429 => ("TooManyRequests", "The request is being throttled as the limit has been reached."),
        500 => ("InternalServerError", "An internal error has occurred."),
        502 => ("BadGateway", "The gateway got no valid answer."),
        503 => ("ServiceUnavailable", "The service is not available at the moment."),
        504 => ("GatewayTimeout", "The gateway did not receive a response in time."),
        _ => (string.Create(CultureInfo.InvariantCulture, $"Emulated{status}"), "The emulator was told to refuse this."),
    };

    /// <summary>The codes are those of the Databricks REST API reference.</summary>
    private static (string Code, string Message) OfDatabricks(int status) => status switch
    {
        400 => ("BAD_REQUEST", "The emulator was told to refuse this."),
        401 => ("UNAUTHENTICATED", "Credential was not sent or was of an unsupported type for this API."),
        403 => ("PERMISSION_DENIED", "User does not have permission to do this."),
        404 => ("RESOURCE_DOES_NOT_EXIST", "The resource does not exist."),
        409 => ("RESOURCE_CONFLICT", "Another operation on this resource is in progress."),
        429 => ("REQUEST_LIMIT_EXCEEDED", "Your request was rejected since your organization has exceeded the rate limit. Please retry your request later."),
        500 => ("INTERNAL_ERROR", "An internal error has occurred."),
        503 => ("TEMPORARILY_UNAVAILABLE", "The service at this workspace is temporarily unavailable. Please try again later."),
        504 => ("DEADLINE_EXCEEDED", "The request took too long."),
        _ => (string.Create(CultureInfo.InvariantCulture, $"EMULATED_{status}"), "The emulator was told to refuse this."),
    };
}
