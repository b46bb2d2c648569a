namespace Pipewright.Emulator;

/// <summary>An answer that says no, with ARM's error envelope.</summary>
/// <param name="target">What it is about; null where the service names nothing.</param>
internal sealed class ArmErrorException(int status, string code, string message, string? target = null) : Exception(message)
{
    public int Status { get; } = status;

    public string Code { get; } = code;

    public string? Target { get; } = target;

    public static ArmErrorException BadRequest(string message, string? target = null) => new(400, "BadRequest", message, target);

    public static ArmErrorException NotFound(string code, string name) => new(404, code, $"The document could not be retrieved because it was not found: '{name}'.", name);

    public static ArmErrorException NoFactory(FactoryKey key) =>
        new(404, "ResourceNotFound", $"The Resource 'Microsoft.DataFactory/factories/{key.Name}' under resource group '{key.ResourceGroup}' was not found.");

    public static ArmErrorException PreconditionFailed() =>
        new(412, "PreconditionFailed", "The resource has changed since the version that If-Match names. Read it again.");
}
