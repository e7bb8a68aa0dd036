namespace DotNetty.Transport.Channels;

/// <summary>
/// Marks a handler's method that does nothing but pass its event on: the pipeline jumps over it. The mark is not inherited by an override.
/// </summary>
[AttributeUsage(AttributeTargets.Method, Inherited = false)]
public class SkipAttribute : Attribute
{
}
