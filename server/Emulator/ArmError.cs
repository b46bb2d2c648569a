namespace Pipewright.Emulator;

/// <summary>An answer that says no, with ARM's error envelope.</summary>
internal sealed class ArmErrorException(int status, string code, string message) : Exception(message)
{
    public int Status { get; } = status;

    public string Code { get; } = code;

    public static ArmErrorException BadRequest(string message) => new(400, "BadRequest", message);

    public static ArmErrorException NotFound(string code, string name) => new(404, code, $"The document could not be retrieved because it was not found: '{name}'.");

    public static ArmErrorException PreconditionFailed() =>
        new(412, "PreconditionFailed", "The resource has changed since the version that If-Match names. Read it again.");
}
