/*
 * Does to a log what its service and other programs on a Windows host do, one step at a time. Built and run by the tests
 * where MinGW-w64 and Wine are installed:
 *
 *   x86_64-w64-mingw32-gcc -O1 -municode -o writer.exe writer.c && wine writer.exe <steps> <results>
 *
 * <steps> is a file in UTF-8 to which steps are added, one line each, with tabs between their parts. For each of them one
 * line is added to <results>: the name of the step, a tab, and `ok`, or `error` with the code that Windows gives. It ends by
 * the step `exit`.
 *
 *   open <log>           as .NET's TextWriterTraceListener: at the end, others may only read
 *   open-alone <log>     so that others may not even read
 *   append <file>        the bytes of a file, in one write
 *   flush                to the disk
 *   close
 *   rename <from> <to>   fails where <to> exists
 *   replace <from> <to>  takes its place
 *   delete <path>
 *   truncate <path>      opens it for writing with nothing in it
 *   cut <path> <bytes>   opens it and sets its end
 *   create <path>        a new file; fails where the name is taken
 *   recreate <path>      tries that until it succeeds, for at most ten seconds; gives `ok` and how many milliseconds it took
 *   exit
 */
#include <stdio.h>
#include <windows.h>

#define LONGEST_LINE 8192
#define SHARE_ALL (FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE)

static HANDLE log_file = INVALID_HANDLE_VALUE;

static DWORD open_log(const wchar_t *path, DWORD sharing)
{
    if (log_file != INVALID_HANDLE_VALUE) return ERROR_ALREADY_EXISTS;
    log_file = CreateFileW(path, GENERIC_WRITE, sharing, NULL, OPEN_ALWAYS, FILE_FLAG_SEQUENTIAL_SCAN, NULL);
    if (log_file == INVALID_HANDLE_VALUE) return GetLastError();
    return SetFilePointer(log_file, 0, NULL, FILE_END) == INVALID_SET_FILE_POINTER ? GetLastError() : ERROR_SUCCESS;
}

static DWORD append(const wchar_t *path)
{
    HANDLE from = CreateFileW(path, GENERIC_READ, SHARE_ALL, NULL, OPEN_EXISTING, 0, NULL);
    if (from == INVALID_HANDLE_VALUE) return GetLastError();
    DWORD error = ERROR_SUCCESS, size = GetFileSize(from, NULL), moved = 0;
    void *bytes = HeapAlloc(GetProcessHeap(), 0, size + 1);
    if (!ReadFile(from, bytes, size, &moved, NULL) || !WriteFile(log_file, bytes, moved, &moved, NULL)) error = GetLastError();
    HeapFree(GetProcessHeap(), 0, bytes);
    CloseHandle(from);
    return error;
}

static DWORD close_log(void)
{
    DWORD error = CloseHandle(log_file) ? ERROR_SUCCESS : GetLastError();
    log_file = INVALID_HANDLE_VALUE;
    return error;
}

/* Opens a file as a program does that changes it as a whole, and sets its end where `end` is not negative. */
static DWORD change(const wchar_t *path, DWORD disposition, long end)
{
    DWORD error = ERROR_SUCCESS;
    HANDLE file = CreateFileW(path, GENERIC_WRITE, SHARE_ALL, NULL, disposition, 0, NULL);
    if (file == INVALID_HANDLE_VALUE) return GetLastError();
    if (end >= 0 && (SetFilePointer(file, end, NULL, FILE_BEGIN) == INVALID_SET_FILE_POINTER || !SetEndOfFile(file)))
        error = GetLastError();
    CloseHandle(file);
    return error;
}

static DWORD recreate(const wchar_t *path, DWORD *took)
{
    DWORD began = GetTickCount(), error;
    while ((error = change(path, CREATE_NEW, -1)) != ERROR_SUCCESS && GetTickCount() - began < 10000) Sleep(1);
    *took = GetTickCount() - began;
    return error;
}

static DWORD result_of(BOOL succeeded)
{
    return succeeded ? ERROR_SUCCESS : GetLastError();
}

static DWORD do_step(const wchar_t *step, const wchar_t *first, const wchar_t *second, DWORD *took)
{
    if (!wcscmp(step, L"open")) return open_log(first, FILE_SHARE_READ);
    if (!wcscmp(step, L"open-alone")) return open_log(first, 0);
    if (!wcscmp(step, L"append")) return append(first);
    if (!wcscmp(step, L"flush")) return result_of(FlushFileBuffers(log_file));
    if (!wcscmp(step, L"close")) return close_log();
    if (!wcscmp(step, L"rename")) return result_of(MoveFileExW(first, second, 0));
    if (!wcscmp(step, L"replace")) return result_of(MoveFileExW(first, second, MOVEFILE_REPLACE_EXISTING));
    if (!wcscmp(step, L"delete")) return result_of(DeleteFileW(first));
    if (!wcscmp(step, L"truncate")) return change(first, TRUNCATE_EXISTING, -1);
    if (!wcscmp(step, L"cut")) return change(first, OPEN_EXISTING, _wtol(second));
    if (!wcscmp(step, L"create")) return change(first, CREATE_NEW, -1);
    if (!wcscmp(step, L"recreate")) return recreate(first, took);
    if (!wcscmp(step, L"exit")) return ERROR_SUCCESS;
    return ERROR_INVALID_FUNCTION;
}

/* Does the step of one line; tells whether it was the last. */
static int obey(char *line, FILE *results)
{
    static wchar_t parts[3][LONGEST_LINE];
    int count = 0;
    char *name = line;
    for (char *part = line; part && count < 3; count++) {
        char *tab = strchr(part, '\t');
        if (tab) *tab++ = 0;
        MultiByteToWideChar(CP_UTF8, 0, part, -1, parts[count], LONGEST_LINE);
        part = tab;
    }
    for (; count < 3; count++) parts[count][0] = 0;
    DWORD took = 0, error = do_step(parts[0], parts[1], parts[2], &took);
    if (error != ERROR_SUCCESS) fprintf(results, "%s\terror %lu\n", name, error);
    else if (took > 0) fprintf(results, "%s\tok %lu\n", name, took);
    else fprintf(results, "%s\tok\n", name);
    fflush(results);
    return !wcscmp(parts[0], L"exit");
}

int wmain(int count, wchar_t **arguments)
{
    static char line[LONGEST_LINE];
    size_t length = 0;
    int character;
    if (count != 3) return 2;
    FILE *steps = _wfopen(arguments[1], L"rb"), *results = _wfopen(arguments[2], L"wb");
    if (!steps || !results) return 1;
    for (;;) {
        while ((character = fgetc(steps)) != EOF) {
            if (character != '\n') {
                if (length < LONGEST_LINE - 1) line[length++] = (char)character;
                continue;
            }
            line[length] = 0;
            length = 0;
            if (obey(line, results)) return 0;
        }
        /* What follows has not been written yet; only a seek makes the library look again. */
        fseek(steps, 0, SEEK_CUR);
        Sleep(2);
    }
}
