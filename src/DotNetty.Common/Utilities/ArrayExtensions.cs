#nullable disable
namespace DotNetty.Common.Utilities;

/// <summary>Parts and sums of arrays.</summary>
public static class ArrayExtensions
{
    public static readonly byte[] ZeroBytes = [];

    /// <summary>A copy of the first <paramref name="length"/> elements.</summary>
    public static T[] Slice<T>(this T[] array, int length) => Slice(array, 0, length);

    /// <summary>A copy of <paramref name="length"/> elements from <paramref name="index"/> on.</summary>
    public static T[] Slice<T>(this T[] array, int index, int length)
    {
        ArgumentNullException.ThrowIfNull(array);
        return array.AsSpan(index, length).ToArray();
    }

    /// <summary>Copies the whole of <paramref name="src"/> to <paramref name="index"/>.</summary>
    public static void SetRange<T>(this T[] array, int index, T[] src)
    {
        ArgumentNullException.ThrowIfNull(src);
        SetRange(array, index, src, 0, src.Length);
    }

    /// <summary>Copies a part of <paramref name="src"/> to <paramref name="index"/>.</summary>
    public static void SetRange<T>(this T[] array, int index, T[] src, int srcIndex, int srcLength)
    {
        ArgumentNullException.ThrowIfNull(array);
        ArgumentNullException.ThrowIfNull(src);
        Array.Copy(src, srcIndex, array, index, srcLength);
    }

    public static void Fill<T>(this T[] array, T value)
    {
        ArgumentNullException.ThrowIfNull(array);
        Array.Fill(array, value);
    }

    public static void Fill<T>(this T[] array, int offset, int count, T value)
    {
        ArgumentNullException.ThrowIfNull(array);
        Array.Fill(array, value, offset, count);
    }

    /// <summary>All arrays one after another.</summary>
    public static byte[] CombineBytes(this byte[][] arrays)
    {
        ArgumentNullException.ThrowIfNull(arrays);
        var combined = new byte[arrays.Sum(array => array.Length)];
        var position = 0;
        foreach (var array in arrays)
        {
            array.CopyTo(combined, position);
            position += array.Length;
        }

        return combined;
    }
}
