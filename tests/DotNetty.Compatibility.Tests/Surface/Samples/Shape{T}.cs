#nullable disable
#pragma warning disable CA1000, CA1051 // A type of every kind of member.
namespace DotNetty.Compatibility.Tests.Surface.Samples;

public abstract class Shape<T> : IShape
    where T : class
{
    public const int Most = 8;

    public int Size;

    protected Shape(T content, int corners = 3)
    {
        Content = content;
        Size = corners;
    }

    public int Corners => Most;

    public T Content { get; }

    public abstract void Draw(T onto);

    public virtual bool TryTurn(int degrees, out int left) => (left = degrees) > 0;

    public TOther Become<TOther>(Func<T, TOther> how)
        where TOther : IShape, new()
        => how(Content);

    public static int Count(params object[] values) => values.Length;

    protected virtual void Fill(long? colour)
    {
    }
}
