namespace Pipewright.Emulator.Databricks;

/// <summary>Refusals with the codes of the Databricks REST API reference.</summary>
internal static class DatabricksRefusals
{
    public static ArmErrorException Invalid(string message) => new(400, "INVALID_PARAMETER_VALUE", message);

    public static ArmErrorException NoPath(string path) => new(404, "RESOURCE_DOES_NOT_EXIST", $"Path ({path}) doesn't exist.");

    public static ArmErrorException PathTaken(string path) => new(400, "RESOURCE_ALREADY_EXISTS", $"Path ({path}) already exists.");

    public static ArmErrorException TooLarge(long most) => new(400, "MAX_NOTEBOOK_SIZE_EXCEEDED", $"File size imported exceeded max size ({most} bytes).");

    public static ArmErrorException Without(string name) => Invalid($"Missing required field: {name}");
}
