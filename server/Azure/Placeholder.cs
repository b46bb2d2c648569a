namespace Pipewright.Azure;
internal static class Placeholder;
