using DotNetty.Buffers;
using DotNetty.Transport.Channels.Embedded;
using static DotNetty.Codecs.Tests.TestChannels;

namespace DotNetty.Codecs.Tests;

/// <summary>What a decoder makes of a stream that comes in pieces.</summary>
internal static class Framing
{
    /// <summary>Frames in hexadecimal and the names of exceptions, in order. Everything is released.</summary>
    public static string Story(ByteToMessageDecoder decoder, params byte[][] pieces) => Story(decoder, false, pieces);

    /// <summary>As above; <paramref name="scattered"/> leaves the bytes that wait where they came.</summary>
    public static string Story(ByteToMessageDecoder decoder, bool scattered, params byte[][] pieces)
    {
        var recorder = new Recorder();
        if (scattered)
        {
            decoder.SetCumulator(ByteToMessageDecoder.CompositionCumulation);
        }

        var channel = new EmbeddedChannel(decoder, recorder);
        foreach (byte[] piece in pieces)
        {
            channel.WriteInbound(Bytes(piece));
        }

        channel.Finish();
        return string.Join(' ', recorder.Log.Where(static entry => entry is not ("complete" or "inactive")));
    }

    /// <summary>The pieces that come of cutting anywhere; some are empty.</summary>
    public static byte[][] Cut(byte[] bytes, int seed)
    {
        Random random = new(seed);
        int longest = random.Next(1, 20);
        List<byte[]> parts = [];
        for (int start = 0; start < bytes.Length;)
        {
            int length = Math.Min(random.Next(0, longest + 1), bytes.Length - start);
            parts.Add(bytes[start..(start + length)]);
            start += length;
        }

        return [.. parts];
    }

    /// <summary>Every way of cutting into three pieces.</summary>
    public static IEnumerable<byte[][]> EveryCut(byte[] bytes)
    {
        for (int first = 0; first <= bytes.Length; first++)
        {
            for (int second = first; second <= bytes.Length; second++)
            {
                yield return [bytes[..first], bytes[first..second], bytes[second..]];
            }
        }
    }
}
