namespace Pipewright.Deployment;
internal static class Placeholder;
