namespace DotNetty.Common.Utilities;

/// <summary>A reference-counted object was used after its last release, or released more often than it was retained.</summary>
public class IllegalReferenceCountException : InvalidOperationException
{
    public IllegalReferenceCountException(int count)
        : base($"The object has a reference count of {count}: it was released already.")
    {
    }

    public IllegalReferenceCountException(int refCnt, int increment)
        : base($"The reference count of {refCnt} cannot change by {increment}: the object was released already, or too often.")
    {
    }
}
