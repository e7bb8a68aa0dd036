namespace EsockdNetty.EndToEndTests.Hostile;

/// <summary>Makes a stream of bytes worse, in ways that have found faults before.</summary>
internal static class Mutation
{
    private const int MostSteps = 4;
    private const int MostInserted = 2 * 1024;
    private const int MostCopied = 512;

    private static readonly byte[] Telling = [0, 1, 2, 3, 4, 10, 13, 20, 21, 22, 23, 0x7F, 0x80, 0xFE, 0xFF];

    public static byte[] Of(byte[] seed, Random chance)
    {
        List<byte> bytes = [.. seed];
        for (int steps = chance.Next(MostSteps); steps >= 0 && bytes.Count > 0; steps--)
            Step(bytes, chance);
        return [.. bytes];
    }

    private static void Step(List<byte> bytes, Random chance)
    {
        int at = chance.Next(bytes.Count);
        switch (chance.Next(6))
        {
            case 0:
                bytes[at] ^= (byte)(1 << chance.Next(8));
                break;
            case 1:
                bytes[at] = Telling[chance.Next(Telling.Length)];
                break;
            case 2:
                // Where lengths and types stand, more often than not.
                bytes[chance.Next(Math.Min(bytes.Count, 16))] = Telling[chance.Next(Telling.Length)];
                break;
            case 3:
                bytes.RemoveRange(at, chance.Next(bytes.Count - at) + 1);
                break;
            case 4:
                bytes.InsertRange(at, Random(chance.Next(MostInserted), chance));
                break;
            default:
                bytes.InsertRange(at, bytes.GetRange(at, Math.Min(chance.Next(MostCopied), bytes.Count - at)));
                break;
        }
    }

    private static byte[] Random(int length, Random chance)
    {
        byte[] bytes = new byte[length];
        chance.NextBytes(bytes);
        return bytes;
    }
}
